#include <willrun/trigger.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "eval/predefined.hpp"

namespace willrun {

namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 20> kSourceWords = {"",
                                                           "push",
                                                           "web",
                                                           "trigger",
                                                           "schedule",
                                                           "api",
                                                           "external",
                                                           "pipeline",
                                                           "chat",
                                                           "webide",
                                                           "merge_request_event",
                                                           "external_pull_request_event",
                                                           "parent_pipeline",
                                                           "ondemand_dast_scan",
                                                           "ondemand_dast_validation",
                                                           "security_orchestration_policy",
                                                           "container_registry_push",
                                                           "duo_workflow",
                                                           "pipeline_execution_policy_schedule",
                                                           "dependency_management_security_update"};

Trigger on(PipelineSource source, std::string ref) {
  Trigger trigger;
  trigger.source = source;
  trigger.ref = std::move(ref);
  return trigger;
}

// A text as JSON writes it.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < ' ') {
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out += '"';
}

// A call of the trigger endpoint, which keeps its parameters as a file.
Trigger called(PipelineSource source, std::string ref, std::string payload) {
  Trigger trigger = on(source, std::move(ref));
  if (payload.empty())
    payload = fmt::format(R"({{"ref":{},"id":"{}","variables":{{}}}})", quoted(trigger.ref), trigger.project_id);
  Variable variable;
  variable.key = "TRIGGER_PAYLOAD";
  variable.value = std::move(payload);
  variable.file = true;
  trigger.variables.push_back(std::move(variable));
  return trigger;
}

bool is_zeros(std::string_view sha) { return sha.find_first_not_of('0') == std::string_view::npos; }

}  // namespace

std::string_view to_string(PipelineSource source) { return kSourceWords[static_cast<std::size_t>(source)]; }

std::optional<PipelineSource> parse_source(std::string_view word) {
  const auto found = std::find(kSourceWords.begin() + 1, kSourceWords.end(), word);
  if (found == kSourceWords.end()) return std::nullopt;
  return static_cast<PipelineSource>(found - kSourceWords.begin());
}

bool Trigger::compares_changes() const {
  return ref_kind == RefKind::merge_request || (ref_kind == RefKind::branch && !is_zeros(before_sha) && !is_zeros(sha));
}

// Source: fact table of contexts, column [skip ci]; `ignore_skip_ci` of the cases.
bool Trigger::honours_skip() const {
  switch (source) {
    case PipelineSource::web:
    case PipelineSource::trigger:
    case PipelineSource::schedule:
    case PipelineSource::api:
    case PipelineSource::pipeline:
    case PipelineSource::parent_pipeline:
    case PipelineSource::chat: return false;
    default: return true;
  }
}

std::string_view Trigger::merge_request_event() const {
  if (!merge_request) return {};
  if (merge_request->train) return "merge_train";
  return merge_request->target_sha.empty() ? "detached" : "merged_result";
}

Trigger Trigger::push(std::string branch) {
  Trigger trigger = on(PipelineSource::push, std::move(branch));
  trigger.before_sha = std::string(40, 'b');
  return trigger;
}

Trigger Trigger::push_tag(std::string tag) {
  Trigger trigger = on(PipelineSource::push, std::move(tag));
  trigger.ref_kind = RefKind::tag;
  return trigger;
}

Trigger Trigger::by_merge_request(std::string source_branch, std::string target_branch) {
  Trigger trigger = on(PipelineSource::merge_request_event, std::move(source_branch));
  trigger.ref_kind = RefKind::merge_request;
  trigger.merge_request.emplace();
  trigger.merge_request->target_branch = std::move(target_branch);
  return trigger;
}

Trigger Trigger::by_web(std::string ref) { return on(PipelineSource::web, std::move(ref)); }
Trigger Trigger::by_api(std::string ref) { return on(PipelineSource::api, std::move(ref)); }
Trigger Trigger::by_schedule(std::string ref) { return on(PipelineSource::schedule, std::move(ref)); }

Trigger Trigger::by_token(std::string ref, std::string payload) {
  return called(PipelineSource::trigger, std::move(ref), std::move(payload));
}

Trigger Trigger::by_job_token(std::string ref, std::string payload) {
  return called(PipelineSource::pipeline, std::move(ref), std::move(payload));
}

Trigger Trigger::by_upstream(std::string ref, Upstream upstream) {
  Trigger trigger = on(PipelineSource::pipeline, std::move(ref));
  trigger.upstream = upstream;
  return trigger;
}

Trigger Trigger::by_parent(const Trigger& parent, Upstream upstream) {
  Trigger child = parent;
  child.source = PipelineSource::parent_pipeline;
  child.upstream = upstream;
  child.variables.clear();
  child.schedule_variables.clear();
  child.inputs.clear();
  child.chat.reset();
  return child;
}

Trigger Trigger::by_chat(std::string default_branch, Chat chat) {
  Trigger trigger = on(PipelineSource::chat, default_branch);
  trigger.default_branch = std::move(default_branch);
  trigger.chat = std::move(chat);
  return trigger;
}

Trigger Trigger::by_external_pull_request(ExternalPullRequest request) {
  Trigger trigger = on(PipelineSource::external_pull_request_event, request.source_branch);
  if (!request.source_sha.empty()) trigger.sha = request.source_sha;
  trigger.external_pull_request = std::move(request);
  return trigger;
}

std::vector<Variable> predefined_variables(const Trigger& trigger) {
  std::vector<Variable> all;
  for (const eval::PredefinedRow& row : eval::predefined_rows()) {
    if (auto value = row.value(trigger)) all.push_back({.key = std::string(row.name), .value = std::move(value)});
  }
  return all;
}

}  // namespace willrun
