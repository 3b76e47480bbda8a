#include "common/context_file.hpp"

#include <algorithm>

#include "common/trigger_preset.hpp"
#include "common/value_reader.hpp"

namespace willrun::tools {

namespace {

// Keys that fill one field; the name of the key is in messages.
MapKey number_key(std::string_view name, std::uint64_t& field) {
  return {name, [name, &field](const Value& value) { field = static_cast<std::uint64_t>(number_of(value, name)); }};
}
MapKey list_key(std::string_view name, std::optional<std::vector<std::string>>& field) {
  return {name, [name, &field](const Value& value) {
            if (!value.is_null()) field = texts_of(value, name);
          }};
}

// A variable is its value, or a map of value and flags.
SettingVariable read_setting(const Value& key, const Value& value) {
  SettingVariable setting;
  Variable& variable = setting.variable;
  variable.key = text_of(key, "the name of a variable");
  if (value.kind() != ValueKind::mapping) {
    variable.value = text_of(value, variable.key);
    return setting;
  }
  std::string text;
  read_map(value, variable.key,
           {text_key("value", text), flag_key("raw", variable.raw), flag_key("file", variable.file),
            flag_key("masked", variable.masked), flag_key("protected", setting.is_protected),
            text_key("environment_scope", setting.environment_scope)});
  variable.value = std::move(text);
  return setting;
}

// A later variable of the same name takes the place of an earlier one.
void give(std::vector<Variable>& all, SettingVariable setting) {
  const auto known = std::ranges::find(all, setting.variable.key, &Variable::key);
  (known == all.end() ? all.emplace_back() : *known) = std::move(setting.variable);
}

void read_given(const Value& value, std::string_view name, std::vector<Variable>& all) {
  for (SettingVariable& setting : read_setting_variables(value, name)) give(all, std::move(setting));
}

bool is_plain_value(const Value& value) {
  return value.kind() != ValueKind::mapping && value.kind() != ValueKind::sequence;
}

// Levels with their variables; any other name with a plain value is a variable given with the trigger.
void read_variables(const Value& value, Trigger& trigger) {
  std::vector<MapKey> keys = {
      {"instance", [&](const Value& one) { trigger.instance_variables = read_setting_variables(one, "instance"); }},
      {"groups",
       [&](const Value& list) {
         if (list.kind() != ValueKind::sequence) throw WrongValue{"groups is no list", &list};
         for (const Value& one : list.items()) trigger.group_variables.push_back(read_setting_variables(one, "groups"));
       }},
      {"project", [&](const Value& one) { trigger.project_variables = read_setting_variables(one, "project"); }},
      {"deployment",
       [&](const Value& one) { trigger.deployment_variables = read_setting_variables(one, "deployment"); }},
      {"pipeline", [&](const Value& one) { read_given(one, "pipeline", trigger.variables); }},
      {"schedule", [&](const Value& one) { read_given(one, "schedule", trigger.schedule_variables); }}};
  if (value.kind() == ValueKind::mapping) {
    for (const auto& [key, one] : value.pairs()) {
      if (key.kind() != ValueKind::string || !is_plain_value(one)) continue;
      if (std::ranges::count(keys, key.text(), &MapKey::name) > 0) continue;
      keys.push_back({key.text(), [&trigger, &name = key](const Value& text) {
                        give(trigger.variables, read_setting(name, text));
                      }});
    }
  }
  read_map(value, "variables", keys);
}

void read_merge_request(const Value& value, Trigger& trigger) {
  if (!trigger.merge_request) trigger.merge_request.emplace();
  MergeRequest& request = *trigger.merge_request;
  trigger.ref_kind = RefKind::merge_request;
  read_map(
      value, "merge_request",
      {number_key("id", request.id), number_key("iid", request.iid), text_key("title", request.title),
       text_key("description", request.description), text_key("target_branch", request.target_branch),
       flag_key("target_protected", request.target_protected), flag_key("source_protected", request.source_protected),
       text_key("source_project", request.source_project_path), flag_key("draft", request.draft),
       flag_key("squash", request.squash), texts_key("labels", request.labels),
       texts_key("assignees", request.assignees), text_key("milestone", request.milestone),
       text_key("source_sha", request.source_sha), text_key("target_sha", request.target_sha),
       flag_key("train", request.train)});
}

void read_paths_by_name(const Value& value, std::string_view name,
                        std::vector<std::pair<std::string, std::vector<std::string>>>& field) {
  for (const auto& [key, paths] : pairs_of(value, name)) field.emplace_back(text_of(key, name), texts_of(paths, name));
}

void no_tag(Trigger& trigger) {
  if (trigger.ref_kind == RefKind::tag) trigger.ref_kind = RefKind::branch;
}

// `tag: true` says what `ref` is, `tag: v1` names it too.
void read_tag(const Value& value, Trigger& trigger) {
  const bool named = value.kind() == ValueKind::string;
  if (named) trigger.ref = value.text();
  if (named || flag_of(value, "tag")) {
    trigger.ref_kind = RefKind::tag;
  } else {
    no_tag(trigger);
  }
}

void read_branch(const Value& value, Trigger& trigger) {
  trigger.ref = text_of(value, "branch");
  no_tag(trigger);
}

void read_source(const Value& value, Trigger& trigger) {
  const auto source = source_of_word(text_of(value, "source"));
  if (!source) throw WrongValue{"source: GitLab knows no source of this name", &value};
  trigger.source = *source;
}

}  // namespace

void read_context(const Value& root, Trigger& trigger) {
  read_map(
      root, "the context",
      {{"source", [&](const Value& value) { read_source(value, trigger); }},
       text_key("ref", trigger.ref),
       {"branch", [&](const Value& value) { read_branch(value, trigger); }},
       {"tag", [&](const Value& value) { read_tag(value, trigger); }},
       flag_key("protected", trigger.ref_protected),
       text_key("default_branch", trigger.default_branch),
       text_key("sha", trigger.sha),
       text_key("before_sha", trigger.before_sha),
       {"commit",
        [&](const Value& value) {
          read_map(value, "commit",
                   {text_key("message", trigger.commit_message), text_key("author", trigger.commit_author),
                    text_key("timestamp", trigger.commit_timestamp)});
        }},
       {"project",
        [&](const Value& value) {
          read_map(value, "project",
                   {text_key("path", trigger.project_path), number_key("id", trigger.project_id),
                    number_key("namespace_id", trigger.namespace_id),
                    text_key("visibility", trigger.project_visibility), text_key("server_url", trigger.server_url)});
        }},
       {"user",
        [&](const Value& value) {
          read_map(value, "user",
                   {text_key("login", trigger.user_login), text_key("name", trigger.user_name),
                    text_key("email", trigger.user_email), number_key("id", trigger.user_id)});
        }},
       number_key("pipeline_iid", trigger.pipeline_iid),
       {"merge_request", [&](const Value& value) { read_merge_request(value, trigger); }},
       {"upstream",
        [&](const Value& value) {
          Upstream& upstream = trigger.upstream.emplace();
          read_map(value, "upstream",
                   {number_key("pipeline_id", upstream.pipeline_id), number_key("project_id", upstream.project_id),
                    number_key("job_id", upstream.job_id)});
        }},
       text_key("schedule_description", trigger.schedule_description),
       {"chat",
        [&](const Value& value) {
          Chat& chat = trigger.chat.emplace();
          read_map(value, "chat",
                   {text_key("command", chat.command), text_key("input", chat.input), text_key("channel", chat.channel),
                    text_key("user_id", chat.user_id)});
        }},
       {"external_pull_request",
        [&](const Value& value) {
          ExternalPullRequest& request = trigger.external_pull_request.emplace();
          read_map(value, "external_pull_request",
                   {number_key("iid", request.iid), text_key("source_repository", request.source_repository),
                    text_key("target_repository", request.target_repository),
                    text_key("source_branch", request.source_branch), text_key("source_sha", request.source_sha),
                    text_key("target_branch", request.target_branch), text_key("target_sha", request.target_sha)});
        }},
       {"release",
        [&](const Value& value) {
          Release& release = trigger.release.emplace();
          read_map(value, "release", {text_key("name", release.name), text_key("description", release.description)});
        }},
       texts_key("open_merge_requests", trigger.open_merge_requests),
       flag_key("deploy_freeze", trigger.deploy_freeze),
       flag_key("kubernetes_active", trigger.kubernetes_active),
       flag_key("may_set_variables", trigger.may_set_variables),
       list_key("changed_files", trigger.changed_files),
       list_key("tree", trigger.tree),
       {"compare", [&](const Value& value) { read_paths_by_name(value, "compare", trigger.compare); }},
       {"project_trees",
        [&](const Value& value) { read_paths_by_name(value, "project_trees", trigger.project_trees); }},
       {"variables", [&](const Value& value) { read_variables(value, trigger); }},
       {"inputs", [&](const Value& value) {
          for (const auto& [name, given] : pairs_of(value, "inputs"))
            trigger.inputs.emplace_back(text_of(name, "the name of an input"), given);
        }}});
}

std::vector<SettingVariable> read_setting_variables(const Value& value, std::string_view name) {
  std::vector<SettingVariable> all;
  if (value.is_null()) return all;
  for (const auto& [key, one] : pairs_of(value, name)) all.push_back(read_setting(key, one));
  return all;
}

ContextOutcome read_context(const std::filesystem::path& file) {
  bool missing = false;
  try {
    ContextOutcome outcome;
    read_context(read_value_file(file.string(), missing), outcome.trigger);
    return outcome;
  } catch (const WrongValue& wrong) {
    return {{}, file.string() + ": " + wrong.text};
  }
}

}  // namespace willrun::tools
