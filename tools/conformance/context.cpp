#include "conformance/context.hpp"

#include <algorithm>

namespace willrun::conformance {

MemoryFiles read_files(const Json& body) {
  MemoryFiles files;
  for (const auto& [path, text] : body.at("files").items()) files.add(path, text.get<std::string>());
  const auto each = [&](const char* name, const auto& visit) {
    if (!body.contains(name)) return;
    for (const auto& [key, value] : body.at(name).items()) visit(key, value);
  };
  const Json denied = body.value("denied", Json::array());
  each("projects", [&](const std::string& path, const Json& project) {
    if (std::find(denied.begin(), denied.end(), path) != denied.end()) return;
    std::map<std::string, std::string, std::less<>> texts;
    for (const auto& [file, text] : project.at("files").items()) texts.emplace(file, text.template get<std::string>());
    files.add_project(path, std::move(texts), project.value("refs", std::vector<std::string>()));
  });
  each("remotes", [&](const std::string& address, const Json& text) { files.add_remote(address, text); });
  each("templates", [&](const std::string& name, const Json& text) { files.add_template(name, text); });
  each("components", [&](const std::string& address, const Json& component) {
    const std::string path = address.substr(0, address.rfind('@'));
    files.add_component(address, component.at("content"),
                        {.name = path.substr(path.rfind('/') + 1),
                         .sha = component.value("sha", ""),
                         .version = component.value("version", ""),
                         .reference = address.substr(address.rfind('@') + 1)});
  });
  return files;
}

namespace {

std::vector<SettingVariable> read_settings(const Json& json) {
  std::vector<SettingVariable> all;
  for (const auto& [key, value] : json.items()) {
    SettingVariable setting;
    setting.variable.key = key;
    if (value.is_string()) {
      setting.variable.value = value.get<std::string>();
    } else {
      setting.variable.value = value.value("value", "");
      setting.variable.raw = value.value("raw", false);
      setting.variable.file = value.value("file", false);
      setting.variable.masked = value.value("masked", false);
      setting.is_protected = value.value("protected", false);
      setting.environment_scope = value.value("environment_scope", "*");
    }
    all.push_back(std::move(setting));
  }
  return all;
}

std::vector<Variable> read_given(const Json& json) {
  std::vector<Variable> all;
  for (SettingVariable& setting : read_settings(json)) all.push_back(std::move(setting.variable));
  return all;
}

void read_levels(const Json& levels, Trigger& trigger) {
  if (levels.contains("instance")) trigger.instance_variables = read_settings(levels.at("instance"));
  if (levels.contains("group")) {
    const Json& groups = levels.at("group");
    if (!groups.is_array()) trigger.group_variables.push_back(read_settings(groups));
    if (groups.is_array()) {
      for (const Json& group : groups) trigger.group_variables.push_back(read_settings(group));
    }
  }
  if (levels.contains("project")) trigger.project_variables = read_settings(levels.at("project"));
  if (levels.contains("pipeline")) trigger.variables = read_given(levels.at("pipeline"));
  if (levels.contains("schedule")) trigger.schedule_variables = read_given(levels.at("schedule"));
}

bool has_skip_option(const Json& options) {
  if (!options.contains("ci") || !options.at("ci").contains("skip")) return false;
  const Json& skip = options.at("ci").at("skip");
  return skip.is_boolean() ? skip.get<bool>() : !skip.is_null() && skip != "";
}

void read_merge_request(const Json& json, Trigger& trigger) {
  MergeRequest& request = trigger.merge_request.emplace();
  request.id = 77;
  request.iid = json.value("iid", std::uint64_t{1});
  request.title = json.value("title", "Title");
  request.target_branch = json.value("target_branch", "main");
  request.draft = json.value("draft", false);
  request.labels = json.value("labels", std::vector<std::string>());
  request.target_sha = json.value("target_sha", "");
  trigger.ref_kind = RefKind::merge_request;
  trigger.ref = json.value("source_branch", "feature");
}

}  // namespace

Trigger read_trigger(const Json& body) {
  const Json& context = body.at("context");
  Trigger trigger;
  trigger.source = parse_source(context.value("source", "push")).value_or(PipelineSource::push);
  trigger.ref = context.value("ref", "main");
  trigger.ref_kind = context.value("ref_type", "branch") == "tag" ? RefKind::tag : RefKind::branch;
  trigger.default_branch = context.value("default_branch", "main");
  trigger.config_path = body.value("entry", ".gitlab-ci.yml");
  trigger.project_path = context.value("project_path", trigger.project_path);
  trigger.sha = context.value("sha", trigger.sha);
  trigger.before_sha = context.value("before_sha", trigger.before_sha);
  trigger.commit_message = context.value("commit_message", trigger.commit_message);
  trigger.ref_protected = context.value("protected", false);
  trigger.project_id = 42;
  trigger.namespace_id = 7;
  trigger.user_id = 5;
  trigger.pipeline_iid = 11;
  trigger.project_visibility = "public";
  trigger.schedule_description = context.value("schedule_description", "nightly");
  if (context.contains("upstream")) trigger.upstream = Upstream{900, 43, 901};
  trigger.kubernetes_active = context.value("kubernetes_active", false);
  trigger.deploy_freeze = context.value("freeze_period", false);
  trigger.may_set_variables = context.value("can_set_variables", true);
  trigger.open_merge_requests = context.value("open_merge_requests", std::vector<std::string>());
  if (context.contains("chat_command")) trigger.chat.emplace().command = context.at("chat_command").get<std::string>();
  if (context.contains("push_options")) trigger.skip_option = has_skip_option(context.at("push_options"));
  if (context.contains("merge_request")) read_merge_request(context.at("merge_request"), trigger);
  if (context.contains("changed_files") && context.at("changed_files").is_array())
    trigger.changed_files = context.at("changed_files").get<std::vector<std::string>>();
  if (context.contains("compare")) {
    for (const auto& [ref, paths] : context.at("compare").items())
      trigger.compare.emplace_back(ref, paths.get<std::vector<std::string>>());
  }
  const Json projects = body.value("projects", Json::object());
  for (const auto& [path, project] : projects.items()) {
    std::vector<std::string> paths;
    for (const auto& [file, text] : project.at("files").items()) paths.push_back(file);
    for (const Json& file : project.value("worktree", Json::array())) paths.push_back(file.get<std::string>());
    trigger.project_trees.emplace_back(path, std::move(paths));
  }
  if (context.contains("inputs")) {
    for (const auto& [name, value] : context.at("inputs").items()) trigger.inputs.emplace_back(name, decode(value));
  }
  if (context.contains("variables")) read_levels(context.at("variables"), trigger);
  if (context.contains("variables_attributes")) {
    for (const Json& given : context.at("variables_attributes")) {
      Variable variable;
      variable.key = given.at("key").get<std::string>();
      variable.value = given.value("value", "");
      trigger.variables.push_back(std::move(variable));
    }
  }
  std::vector<std::string> tree = context.value("worktree", std::vector<std::string>());
  for (const auto& [path, text] : body.at("files").items()) tree.push_back(path);
  trigger.tree = std::move(tree);
  return trigger;
}

}  // namespace willrun::conformance
