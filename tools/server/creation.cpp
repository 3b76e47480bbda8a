#include "server/creation.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <tuple>

#include <fmt/format.h>

#include "common/text.hpp"
#include "server/abilities.hpp"
#include "server/entities.hpp"
#include "server/source_facts.hpp"
#include "server/watched_files.hpp"

namespace willrun::server {

namespace {

std::string ability_error(const CreationRequest& request, const ProjectRepository& repository, const ResolvedRef& ref) {
  const Project& project = *request.project;
  if (!project.ci_enabled) return "Pipelines are disabled!";
  if (request.user == nullptr || !may_create_pipelines(project, *request.user))
    return "Insufficient permissions to create a new pipeline";
  const bool on_protected = !ref.sha.empty() && is_protected(project, repository.default_branch(), ref.name);
  if (on_protected && Configuration::role(project, *request.user) < Role::maintainer)
    return fmt::format(
        "You do not have sufficient permission to run a pipeline on '{}'. Please select a different branch or contact "
        "your administrator for assistance.",
        ref.name);
  return {};
}

std::string ref_error(const ResolvedRef& ref) {
  if (ref.kind == ResolvedRef::Kind::ambiguous) return "Ref is ambiguous";
  return ref.sha.empty() ? "Reference not found" : "";
}

std::shared_ptr<const Decided> refusal(std::string error, Step step = Step::repository) {
  auto made = std::make_shared<Decided>();
  made->decision.stopped_at = step;
  made->error = sanitized(error);
  made->decision.errors = {std::move(error)};
  return made;
}

// Section 3 of the facts on the trigger API: what is filtered, and what has no reason, is not kept.
bool is_kept(const std::string& reason) { return !reason.empty() && !reason.starts_with("filtered_by"); }

bool name_own(const std::vector<SettingVariable>& settings) {
  return std::ranges::any_of(settings, [](const SettingVariable& setting) {
    return setting.variable.value && names_own_variables(*setting.variable.value);
  });
}

// Other refs and projects may move, so what they say is not remembered. True from when rules ask for it on.
std::shared_ptr<const bool> watch_moving(Trigger& trigger) {
  const auto asked = std::make_shared<bool>(false);
  trigger.compare_with = [asked, compare = std::move(trigger.compare_with)](const std::string& ref) {
    *asked = true;
    return compare(ref);
  };
  trigger.project_tree = [asked, tree = std::move(trigger.project_tree)](const std::string& project,
                                                                         const std::string& ref) {
    *asked = true;
    return tree(project, ref);
  };
  return asked;
}

std::uint64_t next_generation() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

// Whether files of other projects and of the web are the same for every user.
bool include_the_same(const Configuration& a, const Configuration& b) {
  const auto sources = [](const Configuration& one) {
    return std::tie(one.sources.templates, one.sources.remote_hosts, one.sources.cache);
  };
  const auto project = [](const Project& one) {
    return std::tie(one.path, one.repository, one.default_branch, one.visibility, one.members);
  };
  return sources(a) == sources(b) && a.users == b.users &&
         std::ranges::equal(a.projects, b.projects, {}, project, project);
}

}  // namespace

std::string early_error(const CreationRequest& request, const ProjectRepository& repository, const ResolvedRef& ref) {
  std::string error = ability_error(request, repository, ref);
  return error.empty() ? ref_error(ref) : error;
}

std::string sanitized(std::string_view message) {
  std::string out;
  out.reserve(message.size());
  for (std::size_t i = 0; i < message.size(); ++i) {
    const char next = i + 1 < message.size() ? static_cast<char>(message[i + 1] | 0x20) : ' ';
    const bool opens = message[i] == '<' && ((next >= 'a' && next <= 'z') || next == '/' || message[i + 1] == '!');
    const std::size_t end = opens ? message.find('>', i) : std::string_view::npos;
    if (end != std::string_view::npos) {
      i = end;
      continue;
    }
    switch (message[i]) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      default: out += message[i];
    }
  }
  return out;
}

Value to_value(const Json& json) {
  switch (json.type()) {
    case Json::value_t::boolean: return json.get<bool>();
    case Json::value_t::number_integer: return json.get<std::int64_t>();
    case Json::value_t::number_unsigned: {
      const auto number = json.get<std::uint64_t>();
      const bool fits = number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
      return fits ? Value(static_cast<std::int64_t>(number))
                  : Value::text(ValueKind::big_integer, std::to_string(number));
    }
    case Json::value_t::number_float: return json.get<double>();
    case Json::value_t::string: return json.get<std::string>();
    case Json::value_t::array: {
      Value::Sequence items;
      for (const Json& item : json) items.push_back(to_value(item));
      return items;
    }
    case Json::value_t::object: {
      Value::Mapping pairs;
      for (const auto& [key, value] : json.items()) pairs.emplace_back(key, to_value(value));
      return pairs;
    }
    default: return {};
  }
}

Creator::Creator(const Configuration& configuration, const Creator* before) : configuration_(configuration) {
  for (const Project& project : configuration.projects) projects_[project.id] = prepare(project, before);
  for (const User& user : configuration.users) {
    const User* known = before == nullptr ? nullptr : before->configuration_.user(user.id);
    users_[user.id] = known != nullptr && *known == user ? before->generation_of(user) : next_generation();
  }
  const bool same_surroundings = before != nullptr && include_the_same(before->configuration_, configuration);
  surroundings_ = same_surroundings ? before->surroundings_ : next_generation();
  const bool same_programs = before != nullptr && before->configuration_.programs == configuration.programs &&
                             before->configuration_.include_seconds == configuration.include_seconds;
  programs_ = same_programs ? before->programs_
                            : std::make_shared<Programs>(configuration.programs,
                                                         std::chrono::seconds(configuration.include_seconds));
}

// What stands on the disk under the same name may be another repository by now.
Creator::ServedProject Creator::prepare(const Project& project, const Creator* before) const {
  ServedProject made;
  made.repository = std::make_shared<const ProjectRepository>(project);
  const Project* known = before == nullptr ? nullptr : before->configuration_.project(project.id);
  if (known != nullptr) {
    const ServedProject& until_now = before->served(*known);
    const bool same_repository = until_now.repository->is_same(*made.repository);
    if (same_repository) made.repository = until_now.repository;
    const bool same = same_repository && *known == project && before->configuration_.url == configuration_.url &&
                      before->configuration_.instance_variables == configuration_.instance_variables;
    if (same) return until_now;
  }
  made.generation = next_generation();
  made.settings_name_own = name_own(configuration_.instance_variables) || name_own(project.variables) ||
                           std::ranges::any_of(project.group_variables, name_own);
  return made;
}

const ProjectRepository& Creator::repository(const Project& project) const { return *served(project).repository; }

// Whoever is not configured has none, and may do nothing.
Creator::Generation Creator::generation_of(const User& user) const {
  const auto found = users_.find(user.id);
  return found == users_.end() ? 0 : found->second;
}

std::string Creator::place_of(const CreationRequest& request, const std::string& sha) const {
  return fmt::format("{}/{}/{}/{}", served(*request.project).generation, sha, request.project->config_path,
                     request.inputs.is_null() ? std::string() : to_text(request.inputs));
}

std::optional<Trigger> Creator::trigger(const CreationRequest& request, const ResolvedRef& ref) const {
  const Project& project = *request.project;
  const ProjectRepository& from = repository(project);
  const auto facts = from.facts(ref.sha);
  if (!facts) return std::nullopt;
  Trigger made;
  made.source = request.source;
  made.ref_kind = ref.kind == ResolvedRef::Kind::tag ? RefKind::tag : RefKind::branch;
  made.ref = ref.name;
  made.default_branch = from.default_branch();
  made.sha = ref.sha;
  made.commit_message = facts->message;
  made.commit_author = facts->author;
  made.commit_timestamp = facts->timestamp;
  made.ref_protected = is_protected(project, from.default_branch(), ref.name);
  made.project_id = project.id;
  made.project_path = project.path;
  made.project_visibility = project.visibility;
  made.server_url = configuration_.url;
  made.config_path = project.config_path;
  if (request.user != nullptr) {
    made.user_id = request.user->id;
    made.user_login = request.user->username;
    made.user_name = request.user->name;
    made.user_email = request.user->email;
    made.may_set_variables = may_set_variables(project, *request.user);
  }
  made.trigger_short_token = request.short_token;
  made.variables = request.variables;
  made.instance_variables = configuration_.instance_variables;
  made.group_variables = project.group_variables;
  made.project_variables = project.variables;
  if (request.inputs.is_object()) {
    for (const auto& [name, value] : request.inputs.items()) made.inputs.emplace_back(name, to_value(value));
  }
  made.tree = facts->tree;
  add_source_facts(from, request, made);
  // A trigger does not outlive the call, and a call keeps its snapshot.
  made.compare_with = [&from, sha = ref.sha](const std::string& other) { return from.compare(other, sha); };
  made.project_tree = [this, user = request.user](const std::string& path, const std::string& other) {
    return project_tree(user, path, other);
  };
  return made;
}

ProjectTree Creator::project_tree(const User* user, const std::string& path, const std::string& ref) const {
  using Status = ProjectTree::Status;
  const bool is_path = path.find('/') != std::string::npos;
  const Project* project = is_path ? configuration_.find_project(path) : nullptr;
  if (project == nullptr || !may_read_code(*project, user)) return {Status::denied, {}};
  const ProjectRepository& from = repository(*project);
  const auto sha = ref.empty() ? from.default_commit() : from.commit_of(ref);
  if (!sha) return {ref.empty() ? Status::found : Status::unknown_ref, {}};
  const auto facts = from.facts(*sha);
  if (!facts || !facts->tree) return {};
  return {Status::found, *facts->tree};
}

Config Creator::load(const CreationRequest& request, const Trigger& trigger, LoadMode mode, bool* read_elsewhere,
                     const std::string* content) const {
  tools::Settings settings = configuration_.sources;
  for (const Project& other : configuration_.projects) {
    if (may_read_code(other, request.user)) settings.projects[tools::lower(other.path)] = other.repository;
  }
  const auto files = repository(*request.project).sources(trigger.sha, std::move(settings));
  if (!files) throw std::runtime_error("the commit cannot be read");
  if (content != nullptr) files->add(request.project->config_path, *content);
  WatchedFiles watched(*files, [this](std::string_view project) {
    const Project* other = configuration_.find_project(project);
    return other == nullptr ? std::string() : repository(*other).default_branch();
  });
  LoadOptions options;
  options.mode = mode;
  options.yaml_reader = YamlReader::libyaml;
  Config config = willrun::load(request.project->config_path, watched, trigger, options);
  if (read_elsewhere != nullptr) *read_elsewhere = watched.elsewhere();
  return config;
}

std::string Creator::decision_key(const CreationRequest& request, const ResolvedRef& ref,
                                  const Compiled& compiled) const {
  if (request.wants_trigger || compiled.names_own || served(*request.project).settings_name_own) return {};
  std::string key = fmt::format("{}/{}/{}/{}/{}/", generation_of(*request.user), static_cast<int>(request.source),
                                static_cast<int>(ref.kind), request.short_token, ref.name);
  for (const Variable& variable : request.variables) {
    if (variable.key == "TRIGGER_PAYLOAD") {
      key += "P/";  // there, and not read
      continue;
    }
    const std::string& value = *variable.value;
    if (names_own_variables(value)) return {};
    key.append(fmt::format("{}:{}{}{}:", variable.key.size(), variable.key, variable.file ? 'f' : '=', value.size()));
    key.append(value);
  }
  return key;
}

std::shared_ptr<const Decided> Creator::decide_anew(const Creation& creation, const std::string& key, Trigger& trigger,
                                                    const bool& moving) {
  const Compiled& compiled = *creation.compiled;
  if (creation.iid != 0) trigger.pipeline_iid = creation.iid;
  auto made = std::make_shared<Decided>();
  made->decision = compiled.program ? decide(*compiled.program, trigger) : decide(compiled.config, trigger);
  if (made->decision.status == Decision::Status::failed) {
    made->error = sanitized(made->decision.message());
    made->stored = is_kept(made->decision.failure_reason);
  } else {
    made->jobs = stored_jobs(made->decision, trigger);
  }
  if (!key.empty() && !moving) compiled.decisions.add(key, made);
  return made;
}

std::optional<Creation> Creator::create(const CreationRequest& request, MayWait may_wait) const {
  Creation creation;
  const ProjectRepository& from = repository(*request.project);
  creation.ref = from.resolve(request.ref);
  std::string error = early_error(request, from, creation.ref);
  if (!error.empty()) {
    creation.decided = refusal(std::move(error));
    return creation;
  }
  const std::string place = place_of(request, creation.ref.sha);
  bool is_found = true;
  std::string key;  // of the decision
  const auto look_for_decision = [&] {
    key = decision_key(request, creation.ref, *creation.compiled);
    if (!key.empty()) creation.decided = creation.compiled->decisions.find(key);
  };
  creation.compiled = programs_->find_shared(place);
  const bool is_shared = creation.compiled != nullptr;
  if (is_shared) look_for_decision();
  if (!creation.decided) {
    auto trigger = this->trigger(request, creation.ref);
    if (!trigger) {
      creation.decided = refusal("Commit not found");
      return creation;
    }
    const auto moving = watch_moving(*trigger);
    if (!creation.compiled) creation.compiled = programs_->find(place, surroundings_, *trigger);
    if (!creation.compiled && may_wait == MayWait::for_nothing) return std::nullopt;
    if (!creation.compiled) {
      bool moves = false;
      Config config = load(request, *trigger, LoadMode::pipeline, &moves);
      // What a merge request changes depends on where its target stands.
      moves = moves || *moving || request.source == PipelineSource::merge_request_event;
      creation.compiled = programs_->add(place, surroundings_, *trigger, std::move(config), moves);
      is_found = false;
    }
    if (!is_shared) look_for_decision();
    if (!creation.decided) {
      if (request.iid && creation.compiled->program && key.empty()) {  // rules may see the number
        if (may_wait != MayWait::for_all) return std::nullopt;
        creation.iid = request.iid();
      }
      creation.decided = decide_anew(creation, key, *trigger, *moving);
    }
    if (request.wants_trigger) creation.trigger = std::move(*trigger);
  }
  if (is_found) programs_->count_hit();
  // GitLab counts behind the variables and before it reads anything.
  if (creation.decided->decision.stopped_at != Step::variables && request.limited && request.limited(creation.ref.sha))
    creation.decided = refusal("Too many pipelines created in the last minute. Try again later.", Step::variables);
  return creation;
}

}  // namespace willrun::server
