// Files of other configured projects: `include:project` and `rules:exists:project`, as the user of the pipeline may see
// them.
#include "server/api_fixture.hpp"

namespace willrun::server {
namespace {

class OtherProjects : public ApiTest {
 protected:
  // The names of the jobs that the trigger would start, or the error.
  std::string jobs() {
    const std::string answer = trigger(token_, "ref=main&dry_run=true");
    if (last_.status != 200) return last_json()["message"]["base"][0];
    std::string names;
    const Json body = last_json();
    for (const Json& job : body["willrun"]["jobs"]) names += job["name"].get<std::string>() + " ";
    return names;
  }
  std::string exists(const std::string& clause) {
    use("a: {script: x}\nb: {script: x, rules: [{exists: {" + clause + "}}]}\n");
    return jobs();
  }
  void give_mia(Role role_in_other) {
    change([&](Configuration& next) { next.projects[1].members["mia"] = role_in_other; });
  }

  std::string token_ = new_token();
};

TEST_F(OtherProjects, FilesExistAtTheirRef) {
  other_.run("branch old");
  other_.commit("ci/a.txt", "a");
  other_.run("tag v1");
  EXPECT_EQ(exists("paths: [ci/a.txt], project: group/other"), "a b ");
  EXPECT_EQ(exists("paths: [ci/*.txt], project: Group/Other"), "a b ");
  EXPECT_EQ(exists("paths: [ci/a.txt], project: group/other, ref: v1"), "a b ");
  EXPECT_EQ(exists("paths: [ci/a.txt], project: group/other, ref: old"), "a ");
  EXPECT_EQ(exists("paths: [ci/b.txt], project: group/other"), "a ");
  EXPECT_EQ(exists("paths: [ci/a.txt], project: group/other, ref: none"),
            "Failed to parse rule for b: rules:exists:ref `none` is not a valid ref in project `group/other`");
  for (const char* path : {"group/none", "8", "group", "../other"})
    EXPECT_EQ(
        exists("paths: [ci/a.txt], project: '" + std::string(path) + "'"),
        "Failed to parse rule for b: rules:exists:project `" + std::string(path) + "` not found or access denied");
}

TEST_F(OtherProjects, AreLookedAtEachTime) {
  EXPECT_EQ(exists("paths: [new.txt], project: group/other"), "a ");
  other_.commit("new.txt", "");
  EXPECT_EQ(jobs(), "a b ");
  give_mia(Role::guest);
  EXPECT_EQ(jobs(), "Failed to parse rule for b: rules:exists:project `group/other` not found or access denied");
}

TEST_F(OtherProjects, LetIncludesIn) {
  app_.commit("inner.yml", "inner: {script: x}\n");
  const auto include = [&](const std::string& clause) {
    use("include: [{local: inner.yml, rules: [{exists: {" + clause + "}}]}]\na: {script: x}\n");
    return jobs();
  };
  EXPECT_EQ(include("paths: [.gitlab-ci.yml], project: group/other"), "inner a ");
  EXPECT_EQ(include("paths: [none], project: group/other"), "a ");
  EXPECT_EQ(include("paths: [none], project: group/none"),
            "include:rules:exists:project `group/none` not found or access denied");
}

TEST_F(OtherProjects, ShowTheirCodeToReporters) {
  use("include: [{project: group/other, file: .gitlab-ci.yml}]\na: {script: x}\n");
  EXPECT_EQ(jobs(), "build a ");
  give_mia(Role::guest);
  EXPECT_EQ(jobs(),
            "Project `group/other` not found or access denied! Make sure any includes in the pipeline "
            "configuration are correctly defined.");
  give_mia(Role::reporter);
  EXPECT_EQ(jobs(), "build a ");
}

// The branch that was checked out when the server started, whatever is checked out now.
TEST_F(OtherProjects, KeepTheirDefaultBranch) {
  other_.run("checkout -q -b side");
  other_.commit("side.yml", "side: {script: x}\n");
  for (const char* ref : {"", ", ref: HEAD"}) {
    EXPECT_EQ(exists(std::string("paths: [side.yml], project: group/other").append(ref)), "a ");
    EXPECT_EQ(exists(std::string("paths: [.gitlab-ci.yml], project: group/other").append(ref)), "a b ");
    use(std::string("include: [{project: group/other, file: side.yml").append(ref).append("}]\na: {script: x}\n"));
    EXPECT_EQ(jobs(), "Project `group/other` file `side.yml` does not exist!");
  }
}

}  // namespace
}  // namespace willrun::server
