#include "server/creation.hpp"

#include <fmt/format.h>

#include "common/git_facts.hpp"
#include "common/text.hpp"
#include "server/source_facts.hpp"

namespace willrun::server {

namespace {

// Notes whether a file came from outside the commit.
class WatchedFiles : public FileSource {
 public:
  explicit WatchedFiles(FileSource& files) : files_(files) {}
  FileAnswer read(const FileRequest& request) override {
    note(request);
    return files_.read(request);
  }
  std::vector<std::string> list(const FileRequest& request) override {
    note(request);
    return files_.list(request);
  }
  bool elsewhere() const { return elsewhere_; }

 private:
  void note(const FileRequest& request) { elsewhere_ = elsewhere_ || request.origin != FileOrigin::local; }

  FileSource& files_;
  bool elsewhere_ = false;
};

std::string ability_error(const CreationRequest& request, const ProjectRepository& repository, const ResolvedRef& ref) {
  const Project& project = *request.project;
  if (!project.ci_enabled) return "Pipelines are disabled!";
  if (!may_create_pipelines(project, *request.user)) return "Insufficient permissions to create a new pipeline";
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

Creation refused(Creation creation, std::string error, Step step = Step::repository) {
  creation.decision.stopped_at = step;
  creation.decision.errors = {error};
  creation.error = sanitized(error);
  return creation;
}

// Section 3 of the facts on the trigger API: what is filtered, and what has no reason, is not kept.
bool is_kept(const std::string& reason) { return !reason.empty() && !reason.starts_with("filtered_by"); }

std::string place_of(const CreationRequest& request, const std::string& sha) {
  return fmt::format("{}/{}/{}/{}", request.project->id, sha, request.project->config_path,
                     request.inputs.is_null() ? std::string() : to_text(request.inputs));
}

}  // namespace

bool may_create_pipelines(const Project& project, const User& user) {
  return Configuration::role(project, user) >= Role::developer;
}

bool may_set_variables(const Project& project, const User& user) {
  if (project.variables_by_no_one) return false;
  // Developer is no restriction at all.
  return project.variables_from <= Role::developer || Configuration::role(project, user) >= project.variables_from;
}

bool may_read(const Project& project, const User* user) {
  if (project.visibility == "public") return true;
  if (user == nullptr || user->blocked) return false;
  return project.visibility == "internal" || Configuration::role(project, *user) != Role::none;
}

bool is_protected(const Project& project, const std::string& default_branch, std::string_view ref) {
  return project.protected_refs ? tools::is_protected(*project.protected_refs, ref) : ref == default_branch;
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

Creator::Creator(const Configuration& configuration)
    : configuration_(configuration),
      programs_(configuration.programs, std::chrono::seconds(configuration.include_seconds)) {
  for (const Project& project : configuration.projects)
    repositories_.emplace(project.id, std::make_unique<ProjectRepository>(project));
}

const ProjectRepository& Creator::repository(const Project& project) const { return *repositories_.at(project.id); }

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
  made.compare_with = [&from, sha = ref.sha](const std::string& other) { return from.compare(other, sha); };
  return made;
}

Config Creator::load(const CreationRequest& request, const Trigger& trigger, LoadMode mode, bool* read_elsewhere,
                     const std::string* content) const {
  tools::Settings settings = configuration_.sources;
  for (const Project& other : configuration_.projects) {
    if (may_read(other, request.user)) settings.projects[tools::lower(other.path)] = other.repository;
  }
  const auto files = repository(*request.project).sources(trigger.sha, std::move(settings));
  if (!files) throw std::runtime_error("the commit cannot be read");
  if (content != nullptr) files->add(request.project->config_path, *content);
  WatchedFiles watched(*files);
  LoadOptions options;
  options.mode = mode;
  options.yaml_reader = YamlReader::libyaml;
  Config config = willrun::load(request.project->config_path, watched, trigger, options);
  if (read_elsewhere != nullptr) *read_elsewhere = watched.elsewhere();
  return config;
}

std::optional<Creation> Creator::create(const CreationRequest& request, bool may_load) {
  Creation creation;
  const ProjectRepository& from = repository(*request.project);
  creation.ref = from.resolve(request.ref);
  std::string error = ability_error(request, from, creation.ref);
  if (error.empty()) error = ref_error(creation.ref);
  if (!error.empty()) return refused(std::move(creation), std::move(error));
  auto made = trigger(request, creation.ref);
  if (!made) return refused(std::move(creation), "Commit not found");
  creation.trigger = std::move(*made);

  const std::string place = place_of(request, creation.ref.sha);
  creation.compiled = programs_.find(place, creation.trigger);
  if (!creation.compiled && !may_load) return std::nullopt;
  if (!creation.compiled) {
    bool elsewhere = false;
    Config config = load(request, creation.trigger, LoadMode::pipeline, &elsewhere);
    creation.compiled = programs_.add(place, creation.trigger, std::move(config), elsewhere);
  }
  const Compiled& compiled = *creation.compiled;
  if (request.iid && compiled.program) creation.trigger.pipeline_iid = request.iid();
  creation.decision =
      compiled.program ? decide(*compiled.program, creation.trigger) : decide(compiled.config, creation.trigger);
  const Decision& decision = creation.decision;
  // GitLab counts behind the variables and before it reads anything.
  if (decision.stopped_at != Step::variables && request.limited && request.limited(creation.ref.sha))
    return refused(std::move(creation), "Too many pipelines created in the last minute. Try again later.",
                   Step::variables);
  if (decision.status == Decision::Status::failed) {
    creation.error = sanitized(decision.message());
    creation.stored = is_kept(decision.failure_reason);
  }
  return creation;
}

}  // namespace willrun::server
