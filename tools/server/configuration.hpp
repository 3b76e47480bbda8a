// What the server serves: one YAML file with projects, users and limits. docs/server.md describes it.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <willrun/trigger.hpp>

#include "common/settings.hpp"
#include "server/http/listener.hpp"
#include "server/parameters.hpp"

namespace willrun::server {

// GitLab's roles with its numbers; `none` is no member.
enum class Role : std::uint8_t { none = 0, guest = 10, reporter = 20, developer = 30, maintainer = 40, owner = 50 };
std::optional<Role> parse_role(std::string_view word);

struct User {
  std::uint64_t id = 0;
  std::string username;
  std::string name;
  std::string email;
  bool admin = false;
  bool blocked = false;

  friend bool operator==(const User&, const User&) = default;
};

// Where accepted triggers of a project go on to.
struct Forward {
  std::string url;      // of the GitLab: "https://gitlab.example.com"
  std::string project;  // id or path there; empty: the path here
  std::string token;    // a trigger token there, sent in place of the one given here; empty: that one is sent
  std::chrono::seconds timeout{30};

  friend bool operator==(const Forward&, const Forward&) = default;
};

struct Project {
  std::uint64_t id = 0;
  std::string path;                  // "group/app"
  std::filesystem::path repository;  // a git repository, bare or not, or a plain folder
  std::string default_branch;        // empty: what the repository says, else main
  std::string visibility = "private";
  std::string config_path = ".gitlab-ci.yml";
  std::optional<std::vector<std::string>> protected_refs;  // names with `*`; none: the default branch
  std::map<std::string, Role> members;                     // by username
  Role variables_from = Role::developer;                   // the least role that may set pipeline variables
  bool variables_by_no_one = false;                        // `no_one_allowed`
  bool ci_enabled = true;
  std::uint32_t pipelines_per_minute = 0;       // of one user on one commit; 0: any number
  std::vector<std::string> job_token_projects;  // whose jobs may start pipelines here, besides its own
  std::vector<SettingVariable> variables;
  std::vector<std::vector<SettingVariable>> group_variables;  // the outermost group first
  std::optional<Forward> forward;

  friend bool operator==(const Project&, const Project&) = default;
};

struct Configuration {
  ListenerOptions listener;
  ParameterLimits parameters;
  std::string url;    // as clients see the server, without a final `/`
  std::string store;  // path of an SQLite file, or postgresql://...
  bool store_full_sync = true;
  std::filesystem::path key_file;
  std::uint32_t requests_per_minute = 0;  // of one token; 0: any number
  std::uint32_t include_seconds = 5;      // how long included files of other projects and of the web stay as read
  std::size_t programs = 1'000;           // compiled configurations kept
  std::vector<SettingVariable> instance_variables;
  tools::Settings sources;  // templates, remote; projects are those below
  std::vector<User> users;
  std::vector<Project> projects;
  std::unordered_map<std::string, std::size_t> access_tokens;  // SHA-256 in hex -> index of the user

  const Project* project(std::uint64_t id) const;
  // By id, or by full path (letter case does not count).
  const Project* find_project(std::string_view id_or_path) const;
  const User* user(std::uint64_t id) const;
  const User* user_of_token(std::string_view access_token) const;
  // The role in a project; of a blocked user none.
  static Role role(const Project& project, const User& user);
};

// The configuration, or why there is none: "FILE: what is wrong".
struct ConfigurationOutcome {
  Configuration configuration;
  std::string failure;
};
ConfigurationOutcome read_configuration(const std::filesystem::path& file);
// Takes "address:port" or "[address]:port"; gives what is wrong with it, or nothing.
std::string set_listen(ListenerOptions& listener, const std::string& text);
// What is wrong with ids, names and references in it; empty: nothing. read_configuration() asks it already.
std::string check(const Configuration& configuration);

}  // namespace willrun::server
