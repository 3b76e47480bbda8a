#include "eval/suppose.hpp"

#include <algorithm>
#include <array>

#include "eval/known_variables.hpp"
#include "glob/glob.hpp"
#include "machine/sample.hpp"

namespace willrun::eval {

namespace {

using Value = std::optional<std::string>;

constexpr std::string_view kMergeRequest = "CI_MERGE_REQUEST_";

void start_by(Trigger& trigger, PipelineSource source) {
  for (UsualTrigger& usual : usual_triggers(trigger)) {
    if (usual.trigger.source != source || usual.trigger.ref_kind == RefKind::tag) continue;
    if (trigger.ref_kind == RefKind::branch && source != PipelineSource::merge_request_event)
      usual.trigger.ref = trigger.ref;
    trigger = std::move(usual.trigger);
    return;
  }
  trigger.source = source;
}

void leave_merge_request(Trigger& trigger) {
  if (trigger.ref_kind != RefKind::merge_request) return;
  trigger.merge_request.reset();
  trigger.source = PipelineSource::push;
  trigger.ref_kind = RefKind::branch;
}

// A source that is not known stands for any other than now.
bool source(Trigger& trigger, const Value& value) {
  if (!value) return false;
  const auto known = parse_source(*value);
  const bool is_web = trigger.source == PipelineSource::web;
  start_by(trigger, known ? *known : is_web ? PipelineSource::push : PipelineSource::web);
  return true;
}

bool branch(Trigger& trigger, const Value& value) {
  leave_merge_request(trigger);
  trigger.ref_kind = value ? RefKind::branch : RefKind::tag;
  trigger.ref = value.value_or("v1.0.0");
  trigger.ref_protected = trigger.ref_kind == RefKind::branch && trigger.ref == trigger.default_branch;
  return true;
}

bool tag(Trigger& trigger, const Value& value) {
  leave_merge_request(trigger);
  trigger.ref_kind = value ? RefKind::tag : RefKind::branch;
  trigger.ref = value.value_or(trigger.default_branch);
  return true;
}

template <std::string Trigger::*Member>
bool text(Trigger& trigger, const Value& value) {
  if (value) trigger.*Member = *value;
  return value.has_value();
}

template <bool Trigger::*Member>
bool flag(Trigger& trigger, const Value& value) {
  trigger.*Member = value == "true";
  return true;
}

bool schedule(Trigger& trigger, const Value& value) {
  if (value) start_by(trigger, PipelineSource::schedule);
  trigger.schedule_description = value.value_or("");
  return value.has_value();
}

bool open_merge_requests(Trigger& trigger, const Value& value) {
  trigger.open_merge_requests.clear();
  if (value) trigger.open_merge_requests.push_back(*value);
  return true;
}

bool server_host(Trigger& trigger, const Value& value) {
  if (value) trigger.server_url = "https://" + *value;
  return value.has_value();
}

// Facts of GitLab's own variables that a trigger may have otherwise.
struct Fact {
  std::string_view variable;
  bool (*suppose)(Trigger& trigger, const Value& value);
};
constexpr std::array kFacts = {
    Fact{"CI_PIPELINE_SOURCE", source},
    Fact{"CI_COMMIT_BRANCH", branch},
    Fact{"CI_COMMIT_TAG", tag},
    Fact{"CI_COMMIT_REF_NAME", text<&Trigger::ref>},
    Fact{"CI_COMMIT_MESSAGE", text<&Trigger::commit_message>},
    Fact{"CI_COMMIT_TITLE", text<&Trigger::commit_message>},
    Fact{"CI_COMMIT_AUTHOR", text<&Trigger::commit_author>},
    Fact{"CI_COMMIT_REF_PROTECTED", flag<&Trigger::ref_protected>},
    Fact{"CI_DEFAULT_BRANCH", text<&Trigger::default_branch>},
    Fact{"CI_DEPLOY_FREEZE", flag<&Trigger::deploy_freeze>},
    Fact{"CI_KUBERNETES_ACTIVE", flag<&Trigger::kubernetes_active>},
    Fact{"CI_OPEN_MERGE_REQUESTS", open_merge_requests},
    Fact{"CI_PIPELINE_SCHEDULE_DESCRIPTION", schedule},
    Fact{"CI_PROJECT_PATH", text<&Trigger::project_path>},
    Fact{"CI_PROJECT_VISIBILITY", text<&Trigger::project_visibility>},
    Fact{"CI_SERVER_HOST", server_host},
    Fact{"GITLAB_USER_LOGIN", text<&Trigger::user_login>},
    Fact{"GITLAB_USER_NAME", text<&Trigger::user_name>},
    Fact{"GITLAB_USER_EMAIL", text<&Trigger::user_email>},
};

bool merge_request(Trigger& trigger, std::string_view fact, const Value& value) {
  if (!value) {
    leave_merge_request(trigger);
    return true;
  }
  if (trigger.ref_kind != RefKind::merge_request) start_by(trigger, PipelineSource::merge_request_event);
  MergeRequest& request = *trigger.merge_request;
  if (fact == "TARGET_BRANCH_NAME") request.target_branch = *value;
  if (fact == "SOURCE_BRANCH_NAME") trigger.ref = *value;
  if (fact == "TITLE") request.title = *value;
  if (fact == "LABELS") request.labels = {*value};
  if (fact == "DRAFT") request.draft = value == "true";
  return true;
}

const Fact* fact_of(std::string_view variable) {
  const auto fact = std::ranges::find(kFacts, variable, &Fact::variable);
  return fact == kFacts.end() ? nullptr : &*fact;
}

void forget(Trigger& trigger, std::string_view variable) {
  const auto is_it = [&](const Variable& one) { return one.key == variable; };
  const auto is_setting = [&](const SettingVariable& one) { return one.variable.key == variable; };
  std::erase_if(trigger.variables, is_it);
  std::erase_if(trigger.schedule_variables, is_it);
  for (auto* settings : {&trigger.instance_variables, &trigger.project_variables, &trigger.deployment_variables})
    std::erase_if(*settings, is_setting);
  for (auto& group : trigger.group_variables) std::erase_if(group, is_setting);
}

bool matches(const ExplainedPaths& paths, const std::string& path) {
  return std::ranges::any_of(paths.patterns,
                             [&](const std::string& pattern) { return glob::Glob(pattern).matches(path); });
}

}  // namespace

bool can_differ(std::string_view variable) {
  return fact_of(variable) != nullptr || variable.starts_with(kMergeRequest) || !is_gitlabs(variable);
}

bool suppose(Trigger& trigger, std::string_view variable, const std::optional<std::string>& value) {
  if (const Fact* fact = fact_of(variable)) return fact->suppose(trigger, value);
  if (variable.starts_with(kMergeRequest)) return merge_request(trigger, variable.substr(kMergeRequest.size()), value);
  forget(trigger, variable);
  if (!value) return true;
  Variable given;
  given.key = variable;
  given.value = *value;
  trigger.variables.push_back(std::move(given));
  return true;
}

bool suppose(Trigger& trigger, const ExplainedPaths& paths, bool match) {
  if (paths.patterns.empty()) return false;
  const auto changed = [&](std::vector<std::string> files) {
    std::erase_if(files, [&](const std::string& file) { return matches(paths, file); });
    if (match) files.push_back(machine::sample_of_glob(paths.patterns.front()));
    return files;
  };
  switch (paths.with) {
    case ComparedWith::changed_files: trigger.changed_files = changed(*trigger.changed_files); return true;
    case ComparedWith::tree: trigger.tree = changed(*trigger.tree); return true;
    case ComparedWith::ref: trigger.compare.insert(trigger.compare.begin(), {paths.other, changed({})}); return true;
    case ComparedWith::project:
      trigger.project_trees.insert(trigger.project_trees.begin(), {paths.other, changed({})});
      return true;
    case ComparedWith::nothing:
    case ComparedWith::unknown: break;
  }
  return false;
}

}  // namespace willrun::eval
