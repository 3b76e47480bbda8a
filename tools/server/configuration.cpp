#include "server/configuration.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <limits>
#include <set>

#include <fmt/format.h>

#include <willrun/nearest.hpp>

#include "common/context_file.hpp"
#include "common/read_file.hpp"
#include "common/text.hpp"
#include "common/value_reader.hpp"
#include "server/tokens.hpp"

namespace willrun::server {

namespace {

namespace fs = std::filesystem;
using tools::flag_key;
using tools::MapKey;
using tools::number_of;
using tools::pairs_of;
using tools::read_map;
using tools::text_key;
using tools::text_of;
using tools::texts_key;
using tools::texts_of;
using tools::WrongValue;

constexpr std::array<std::pair<std::string_view, Role>, 5> kRoles = {{{"guest", Role::guest},
                                                                      {"reporter", Role::reporter},
                                                                      {"developer", Role::developer},
                                                                      {"maintainer", Role::maintainer},
                                                                      {"owner", Role::owner}}};

Role role_of(const Value& value, std::string_view name) {
  const std::string& word = text_of(value, name);
  if (const auto role = parse_role(word)) return *role;
  throw WrongValue{
      fmt::format("{}: `{}` is no role; there are guest, reporter, developer, maintainer and owner", name, word)};
}

template <class T>
MapKey number_key(std::string_view name, T& field) {
  return {name, [name, &field](const Value& value) {
            const std::int64_t number = number_of(value, name);
            if (static_cast<std::uint64_t>(number) > std::numeric_limits<T>::max())
              throw WrongValue{fmt::format("{} is too large", name)};
            field = static_cast<T>(number);
          }};
}
template <class Duration>
MapKey duration_key(std::string_view name, Duration& field) {
  return {name, [name, &field](const Value& value) { field = std::chrono::seconds(number_of(value, name)); }};
}

const Value::Sequence& items_of(const Value& value, std::string_view name) {
  if (value.kind() != ValueKind::sequence) throw WrongValue{fmt::format("{} is no list", name)};
  return value.items();
}

// What stands in several projects is written once, for their group.
struct Group {
  std::string path;
  std::vector<SettingVariable> variables;
  std::map<std::string, Role> members;
};

class Reader {
 public:
  explicit Reader(fs::path folder) : folder_(std::move(folder)) {}

  Configuration read(const Value& root) {
    read_map(
        root, "the configuration",
        {{"listen", [&](const Value& value) { read_listen(text_of(value, "listen")); }},
         text_key("url", made_.url),
         {"store", [&](const Value& value) { made_.store = place_of_store(text_of(value, "store")); }},
         flag_key("store_full_sync", made_.store_full_sync),
         {"key_file", [&](const Value& value) { made_.key_file = path(value, "key_file"); }},
         number_key("threads", made_.listener.threads),
         {"limits", [&](const Value& value) { read_limits(value); }},
         number_key("include_seconds", made_.include_seconds),
         number_key("programs", made_.programs),
         {"variables",
          [&](const Value& value) { made_.instance_variables = tools::read_setting_variables(value, "variables"); }},
         {"templates", [&](const Value& value) { made_.sources.templates = path(value, "templates"); }},
         {"allow_private", [&](const Value& value) { made_.sources.remote_hosts = texts_of(value, "allow_private"); }},
         {"cache", [&](const Value& value) { made_.sources.cache = path(value, "cache"); }},
         {"users", [&](const Value& value) { each(value, "users", [&](const Value& one) { read_user(one); }); }},
         {"groups", [&](const Value& value) { each(value, "groups", [&](const Value& one) { read_group(one); }); }},
         {"projects",
          [&](const Value& value) { each(value, "projects", [&](const Value& one) { read_project(one); }); }}});
    for (Project& project : made_.projects) inherit(project);
    return std::move(made_);
  }

 private:
  static void each(const Value& value, std::string_view name, const std::function<void(const Value&)>& read) {
    if (value.is_null()) return;
    for (const Value& one : items_of(value, name)) read(one);
  }

  fs::path path(const Value& value, std::string_view name) const {
    return (folder_ / text_of(value, name)).lexically_normal();
  }

  std::string place_of_store(const std::string& place) const {
    return place.find("://") != std::string::npos ? place : (folder_ / place).lexically_normal().string();
  }

  void read_listen(const std::string& text) {
    const std::string wrong = set_listen(made_.listener, text);
    if (!wrong.empty()) throw WrongValue{"listen: " + wrong};
  }

  void read_limits(const Value& value) {
    ListenerOptions& listener = made_.listener;
    read_map(
        value, "limits",
        {number_key("header_bytes", listener.header_bytes), number_key("body_bytes", listener.body_bytes),
         number_key("connections", listener.connections), number_key("parameters", made_.parameters.count),
         number_key("json_keys", made_.parameters.json_keys),
         number_key("requests_per_minute", made_.requests_per_minute),
         duration_key("request_seconds", listener.request_time), duration_key("idle_seconds", listener.idle_time)});
  }

  void read_user(const Value& value) {
    User user;
    std::vector<std::string> tokens;
    read_map(value, "a user",
             {number_key("id", user.id), text_key("username", user.username), text_key("name", user.name),
              text_key("email", user.email), flag_key("admin", user.admin), flag_key("blocked", user.blocked),
              texts_key("access_tokens", tokens)});
    if (user.name.empty()) user.name = user.username;
    for (const std::string& token : tokens) {
      constexpr std::string_view kPrefix = "sha256:";
      const bool is_hash = token.starts_with(kPrefix) && token.size() == kPrefix.size() + 64;
      if (!is_hash)
        throw WrongValue{
            fmt::format("access_tokens of {}: a token is given as sha256: and 64 hex digits", user.username)};
      made_.access_tokens[tools::lower(token.substr(kPrefix.size()))] = made_.users.size();
    }
    made_.users.push_back(std::move(user));
  }

  static std::map<std::string, Role> read_members(const Value& value) {
    std::map<std::string, Role> members;
    for (const auto& [name, role] : pairs_of(value, "members"))
      members[text_of(name, "a member")] = role_of(role, "members");
    return members;
  }

  void read_group(const Value& value) {
    Group group;
    read_map(
        value, "a group",
        {text_key("path", group.path),
         {"members", [&](const Value& one) { group.members = read_members(one); }},
         {"variables", [&](const Value& one) { group.variables = tools::read_setting_variables(one, "variables"); }}});
    groups_.push_back(std::move(group));
  }

  void read_project(const Value& value) {
    Project project;
    read_map(
        value, "a project",
        {number_key("id", project.id),
         text_key("path", project.path),
         {"repository", [&](const Value& one) { project.repository = path(one, "repository"); }},
         text_key("default_branch", project.default_branch),
         text_key("visibility", project.visibility),
         text_key("config_path", project.config_path),
         {"protected", [&](const Value& one) { project.protected_refs = texts_of(one, "protected"); }},
         {"members", [&](const Value& one) { project.members = read_members(one); }},
         {"pipeline_variables", [&](const Value& one) { read_override(one, project); }},
         flag_key("ci", project.ci_enabled),
         number_key("pipelines_per_minute", project.pipelines_per_minute),
         texts_key("job_token_projects", project.job_token_projects),
         {"variables", [&](const Value& one) { project.variables = tools::read_setting_variables(one, "variables"); }},
         {"forward", [&](const Value& one) { read_forward(one, project.forward.emplace()); }}});
    made_.projects.push_back(std::move(project));
  }

  static void read_override(const Value& value, Project& project) {
    project.variables_by_no_one = text_of(value, "pipeline_variables") == "no_one_allowed";
    if (!project.variables_by_no_one) project.variables_from = role_of(value, "pipeline_variables");
  }

  // The first line of a file that holds a secret.
  std::string secret(const Value& value, std::string_view name) const {
    const tools::FileText read = tools::read_file(path(value, name), 4'096);
    if (!read.failure.empty()) throw WrongValue{fmt::format("{}: {}", name, read.failure)};
    return read.text.substr(0, read.text.find_first_of("\r\n"));
  }

  void read_forward(const Value& value, Forward& forward) const {
    read_map(value, "forward",
             {text_key("url", forward.url),
              text_key("project", forward.project),
              {"token_file", [&](const Value& one) { forward.token = secret(one, "token_file"); }},
              duration_key("timeout_seconds", forward.timeout)});
    while (forward.url.ends_with('/')) forward.url.pop_back();
    if (!forward.url.starts_with("http://") && !forward.url.starts_with("https://"))
      throw WrongValue{"forward: url begins with neither http:// nor https://"};
  }

  // Members and variables of the groups above a project; the higher of two roles counts, as in GitLab.
  void inherit(Project& project) {
    std::vector<const Group*> above;
    for (const Group& group : groups_) {
      if (tools::lower(project.path).starts_with(tools::lower(group.path) + "/")) above.push_back(&group);
    }
    std::ranges::sort(above, {}, [](const Group* group) { return group->path.size(); });
    for (const Group* group : above) {
      project.group_variables.push_back(group->variables);
      for (const auto& [name, role] : group->members) project.members[name] = std::max(project.members[name], role);
    }
  }

  fs::path folder_;
  Configuration made_;
  std::vector<Group> groups_;
};

template <class Range, class Key>
std::string twice(const Range& range, Key key, std::string_view what) {
  std::set<std::string> seen;
  for (const auto& one : range) {
    const std::string text = fmt::format("{}", std::invoke(key, one));
    if (!seen.insert(tools::lower(text)).second) return fmt::format("{} `{}` is there twice", what, text);
  }
  return {};
}

bool has_bad_part(std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return true;
    if (slash == std::string_view::npos) return false;
    path.remove_prefix(slash + 1);
  }
}

std::string check_project(const Configuration& all, const Project& project) {
  if (project.id == 0) return fmt::format("project {}: id is missing", project.path);
  if (has_bad_part(project.path)) return fmt::format("project {}: path is no path of a project", project.id);
  if (project.repository.empty()) return fmt::format("project {}: repository is missing", project.path);
  std::error_code error;
  if (!fs::is_directory(project.repository, error))
    return fmt::format("project {}: there is no folder {}", project.path, project.repository.string());
  constexpr std::array<std::string_view, 3> kVisibilities = {"private", "internal", "public"};
  if (std::ranges::count(kVisibilities, project.visibility) == 0)
    return fmt::format("project {}: visibility is private, internal or public", project.path);
  std::vector<std::string_view> names;
  for (const User& user : all.users) names.push_back(user.username);
  for (const auto& [name, role] : project.members) {
    if (std::ranges::count(names, name) > 0) continue;
    const std::string meant = suggestion(name, names);
    return fmt::format("project {}: there is no user `{}`{}{}", project.path, name, meant.empty() ? "" : "; ", meant);
  }
  return {};
}

// systemd names the folder that a service may write to.
fs::path state_folder(const fs::path& file) {
  const char* given = std::getenv("STATE_DIRECTORY");
  const bool is_given = given != nullptr && *given == '/';
  return is_given ? fs::path(given) : fs::absolute(file).parent_path();
}

}  // namespace

std::optional<Role> parse_role(std::string_view word) {
  const auto found = std::ranges::find(kRoles, word, &std::pair<std::string_view, Role>::first);
  return found == kRoles.end() ? std::nullopt : std::optional(found->second);
}

std::string set_listen(ListenerOptions& listener, const std::string& text) {
  const std::size_t colon = text.rfind(':');
  std::uint64_t port = 0;
  const char* end = text.data() + text.size();
  const char* begin = colon == std::string::npos ? end : text.data() + colon + 1;
  const auto [at, error] = std::from_chars(begin, end, port);
  if (begin == end || error != std::errc() || at != end || port > 65'535)
    return fmt::format("`{}` is no address and port, as 127.0.0.1:8080", text);
  std::string address = text.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
  listener.address = std::move(address);
  listener.port = static_cast<std::uint16_t>(port);
  return {};
}

std::string check(const Configuration& configuration) {
  if (configuration.projects.empty()) return "there are no projects";
  for (const User& user : configuration.users) {
    if (user.id == 0 || user.username.empty()) return "a user has no id or no username";
  }
  std::string found = twice(configuration.users, &User::id, "user");
  if (found.empty()) found = twice(configuration.users, &User::username, "user");
  if (found.empty()) found = twice(configuration.projects, &Project::id, "project");
  if (found.empty()) found = twice(configuration.projects, &Project::path, "project");
  for (const Project& project : configuration.projects) {
    if (found.empty()) found = check_project(configuration, project);
  }
  return found;
}

ConfigurationOutcome read_configuration(const fs::path& file) {
  bool missing = false;
  try {
    const Value root = tools::read_value_file(file.string(), missing);
    ConfigurationOutcome made{Reader(fs::absolute(file).parent_path()).read(root), {}};
    Configuration& configuration = made.configuration;
    while (configuration.url.ends_with('/')) configuration.url.pop_back();
    const fs::path state = state_folder(file);
    if (configuration.store.empty()) configuration.store = (state / "willrun.db").string();
    if (configuration.key_file.empty()) configuration.key_file = state / "willrun.key";
    const std::string wrong = check(configuration);
    if (!wrong.empty()) made.failure = file.string() + ": " + wrong;
    return made;
  } catch (const WrongValue& wrong) {
    return {{}, file.string() + ": " + wrong.text};
  }
}

const Project* Configuration::project(std::uint64_t id) const {
  const auto found = std::ranges::find(projects, id, &Project::id);
  return found == projects.end() ? nullptr : &*found;
}

const Project* Configuration::find_project(std::string_view id_or_path) const {
  std::uint64_t id = 0;
  const auto [end, error] = std::from_chars(id_or_path.data(), id_or_path.data() + id_or_path.size(), id);
  if (error == std::errc() && end == id_or_path.data() + id_or_path.size()) return project(id);
  const std::string path = tools::lower(id_or_path);
  const auto found = std::ranges::find_if(projects, [&](const Project& one) { return tools::lower(one.path) == path; });
  return found == projects.end() ? nullptr : &*found;
}

const User* Configuration::user(std::uint64_t id) const {
  const auto found = std::ranges::find(users, id, &User::id);
  return found == users.end() ? nullptr : &*found;
}

const User* Configuration::user_of_token(std::string_view access_token) const {
  const auto found = access_tokens.find(sha256_hex(access_token));
  return found == access_tokens.end() ? nullptr : &users[found->second];
}

Role Configuration::role(const Project& project, const User& user) {
  if (user.blocked) return Role::none;
  if (user.admin) return Role::owner;
  const auto found = project.members.find(user.username);
  return found == project.members.end() ? Role::none : found->second;
}

}  // namespace willrun::server
