// The configuration file: what it gives, and what is said of mistakes.
#include "server/configuration.hpp"

#include <gtest/gtest.h>

#include "tools/scratch_folder.hpp"

namespace willrun::server {
namespace {

class Configurations : public testing::Test {
 protected:
  Configurations() { std::filesystem::create_directories(folder_.path() / "app"); }

  ConfigurationOutcome read(std::string_view text) {
    folder_.write("server.yml", text);
    return read_configuration(folder_.path() / "server.yml");
  }
  std::string failure(std::string_view text) {
    const std::string whole = read(text).failure;
    const std::string name = (folder_.path() / "server.yml").string() + ": ";
    return whole.starts_with(name) ? whole.substr(name.size()) : whole;
  }

  tools::ScratchFolder folder_;
};

constexpr std::string_view kWhole = R"(
listen: '[::1]:8090'
url: https://ci.example.com/
key_file: keys/key
limits: {body_bytes: 1000, requests_per_minute: 5, idle_seconds: 9}
users:
  - {id: 3, username: Dev, access_tokens: ['sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad']}
  - {id: 4, username: boss, admin: true}
  - {id: 5, username: gone, blocked: true}
groups:
  - {path: group, variables: {A: outer}, members: {Dev: developer, gone: owner}}
  - {path: group/sub, variables: {A: inner}, members: {Dev: guest}}
projects:
  - id: 9
    path: group/sub/App
    repository: app
    protected: ['release/*']
    pipeline_variables: maintainer
    forward: {url: 'https://gitlab.example.com/', timeout_seconds: 3}
)";

TEST_F(Configurations, SayWhatIsServed) {
  const ConfigurationOutcome outcome = read(kWhole);
  ASSERT_EQ(outcome.failure, "");
  const Configuration& made = outcome.configuration;
  EXPECT_EQ(made.listener.address, "::1");
  EXPECT_EQ(made.listener.port, 8090);
  EXPECT_EQ(made.listener.body_bytes, 1000U);
  EXPECT_EQ(made.listener.idle_time, std::chrono::seconds(9));
  EXPECT_EQ(made.requests_per_minute, 5U);
  EXPECT_EQ(made.url, "https://ci.example.com");
  EXPECT_EQ(made.key_file, folder_.path() / "keys" / "key");
  EXPECT_EQ(made.store, (folder_.path() / "willrun.db").string());
  const Project* project = made.find_project("GROUP/sub/app");
  ASSERT_NE(project, nullptr);
  EXPECT_EQ(made.find_project("9"), project);
  EXPECT_EQ(made.find_project("10"), nullptr);
  EXPECT_EQ(made.find_project("group"), nullptr);
  EXPECT_EQ(made.user_of_token("abc"), made.user(3));
  EXPECT_EQ(made.user_of_token("abd"), nullptr);
  EXPECT_EQ(Configuration::role(*project, *made.user(3)), Role::developer);
  EXPECT_EQ(Configuration::role(*project, *made.user(4)), Role::owner);
  EXPECT_EQ(Configuration::role(*project, *made.user(5)), Role::none);
  ASSERT_EQ(project->group_variables.size(), 2U);
  EXPECT_EQ(project->group_variables[1][0].variable.value, "inner");
  EXPECT_EQ(project->forward->url, "https://gitlab.example.com");
}

TEST_F(Configurations, KeepStateWhereAServiceMayWrite) {
  constexpr std::string_view kLeast = "projects: [{id: 1, path: a/b, repository: app}]\n";
  setenv("STATE_DIRECTORY", "/var/lib/willrun", 1);
  const Configuration made = read(kLeast).configuration;
  const Configuration named = read("store: kept.db\nkey_file: kept.key\n" + std::string(kLeast)).configuration;
  unsetenv("STATE_DIRECTORY");
  EXPECT_EQ(made.store, "/var/lib/willrun/willrun.db");
  EXPECT_EQ(made.key_file, "/var/lib/willrun/willrun.key");
  EXPECT_EQ(named.store, (folder_.path() / "kept.db").string());
  EXPECT_EQ(named.key_file, folder_.path() / "kept.key");
}

TEST_F(Configurations, NameWhatIsWrong) {
  struct Row {
    std::string_view text;
    std::string_view failure;
  };
  const Row rows[] = {
      {"", "there are no projects"},
      {"users: 1", "users is no list"},
      {"lisen: x", "`lisen` is not known in the configuration; did you mean `listen`?"},
      {"listen: here", "listen: `here` is no address and port, as 127.0.0.1:8080"},
      {"listen: 127.0.0.1:99999", "listen: `127.0.0.1:99999` is no address and port, as 127.0.0.1:8080"},
      {"users: [{id: 1, username: a, access_tokens: [plain]}]",
       "access_tokens of a: a token is given as sha256: and 64 hex digits"},
      {"projects: [{id: 1, path: a/b, repository: app, members: {x: boss}}]",
       "members: `boss` is no role; there are guest, reporter, developer, maintainer and owner"},
      {"users: [{id: 1, username: alice}]\nprojects: [{id: 1, path: a/b, repository: app, members: {alise: owner}}]",
       "project a/b: there is no user `alise`; did you mean `alice`?"},
      {"projects: [{id: 1, path: a/b, repository: app}, {id: 1, path: a/c, repository: app}]",
       "project `1` is there twice"},
      {"projects: [{id: 1, path: a/b, repository: app}, {id: 2, path: A/B, repository: app}]",
       "project `A/B` is there twice"},
      {"projects: [{id: 1, path: a/../b, repository: app}]", "project 1: path is no path of a project"},
      {"projects: [{id: 1, path: a/b}]", "project a/b: repository is missing"},
      {"projects: [{id: 1, path: a/b, repository: app, visibility: secret}]",
       "project a/b: visibility is private, internal or public"},
      {"projects: [{id: 1, path: a/b, repository: app, forward: {url: 'file:///etc'}}]",
       "forward: url begins with neither http:// nor https://"},
      {"limits: {body_bytes: -1}", "body_bytes is no number of at least 0"},
  };
  for (const Row& row : rows) EXPECT_EQ(failure(row.text), row.failure) << row.text;
  EXPECT_EQ(read_configuration(folder_.path() / "none.yml").failure,
            (folder_.path() / "none.yml").string() + ": no such file");
}

}  // namespace
}  // namespace willrun::server
