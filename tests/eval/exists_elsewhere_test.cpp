// `rules:exists` with `project` and `ref`: which files are asked for, and what GitLab says of those that are not there.
#include <willrun/decision.hpp>

#include <gtest/gtest.h>

#include "support/load.hpp"

namespace willrun {
namespace {

using testing_support::variable;

// The names of the jobs, or the error; and what was asked for, each as `PROJECT@REF`.
class ExistsElsewhere : public testing::Test {
 protected:
  ExistsElsewhere() {
    trigger_ = Trigger::push("main");
    trigger_.project_tree = [this](const std::string& project, const std::string& ref) -> ProjectTree {
      asked_.append(asked_.empty() ? "" : " ").append(project).append("@").append(ref);
      if (project != "group/other") return {ProjectTree::Status::denied, {}};
      if (ref.empty()) return {ProjectTree::Status::found, {"a.txt"}};
      if (ref == "v1") return {ProjectTree::Status::found, {"src/b.txt"}};
      return {ProjectTree::Status::unknown_ref, {}};
    };
  }

  std::string decided(const std::string& text) {
    MemoryFiles files;
    files.add(".gitlab-ci.yml", text);
    files.add("inner.yml", "inner: {script: x}\n");
    const Config config = load(".gitlab-ci.yml", files, trigger_, {.mode = LoadMode::pipeline});
    const Decision decision = decide(config, trigger_);
    if (decision.status == Decision::Status::failed) return std::string(decision.message());
    std::string names;
    for (const JobDecision& job : decision.jobs) names.append(names.empty() ? "" : " ").append(job.name);
    return names;
  }
  std::string with(const std::string& exists) {
    asked_.clear();
    return decided("a: {script: x}\nb: {script: x, rules: [{exists: {" + exists + "}}]}\n");
  }

  Trigger trigger_;
  std::string asked_;
};

TEST_F(ExistsElsewhere, LooksAtTheRefThatIsNamed) {
  EXPECT_EQ(with("paths: [a.txt], project: group/other"), "a b");
  EXPECT_EQ(asked_, "group/other@");
  EXPECT_EQ(with("paths: [b.txt], project: group/other"), "a");
  EXPECT_EQ(with("paths: ['**/b.txt'], project: group/other, ref: v1"), "a b");
  EXPECT_EQ(asked_, "group/other@v1");
  EXPECT_EQ(with("paths: [a.txt], project: group/other, ref: v1"), "a");
}

TEST_F(ExistsElsewhere, AsksOnceForEachRef) {
  const std::string rule = "script: x, rules: [{exists: {project: group/other, paths: [";
  EXPECT_EQ(
      decided("a: {" + rule + "a.txt]}}]}\nb: {" + rule + "'*.txt']}}]}\nc: {" + rule + "src/b.txt], ref: v1}}]}\n"),
      "a b c");
  EXPECT_EQ(asked_, "group/other@ group/other@v1");
}

TEST_F(ExistsElsewhere, ExpandsVariables) {
  trigger_.project_variables = {{.variable = variable("P", "group/other")}, {.variable = variable("R", "v1")}};
  EXPECT_EQ(with("paths: [src/b.txt], project: $P, ref: $R"), "a b");
  EXPECT_EQ(asked_, "group/other@v1");
}

TEST_F(ExistsElsewhere, SaysWhatIsNotThere) {
  EXPECT_EQ(with("paths: [a.txt], project: group/hidden"),
            "Failed to parse rule for b: rules:exists:project `group/hidden` not found or access denied");
  EXPECT_EQ(with("paths: [a.txt], project: group/other, ref: v2"),
            "Failed to parse rule for b: rules:exists:ref `v2` is not a valid ref in project `group/other`");
  Variable secret = variable("P", "group/secretive");
  secret.masked = true;
  trigger_.project_variables = {{.variable = secret}};
  EXPECT_EQ(with("paths: [a.txt], project: $P"),
            "Failed to parse rule for b: rules:exists:project `[MASKED]xxxxxxx` not found or access denied");
}

TEST_F(ExistsElsewhere, GivenFilesGoFirst) {
  trigger_.project_trees = {{"group/other", {"c.txt"}}};
  EXPECT_EQ(with("paths: [c.txt], project: group/other"), "a b");
  EXPECT_EQ(asked_, "");
}

TEST_F(ExistsElsewhere, DecidesIncludes) {
  const auto include = [&](const std::string& exists) {
    return decided("include: [{local: inner.yml, rules: [{exists: {" + exists + "}}]}]\na: {script: x}\n");
  };
  EXPECT_EQ(include("paths: [a.txt], project: group/other"), "inner a");
  EXPECT_EQ(include("paths: [b.txt], project: group/other"), "a");
  EXPECT_EQ(include("paths: [a.txt], project: group/hidden"),
            "include:rules:exists:project `group/hidden` not found or access denied");
  EXPECT_EQ(include("paths: [a.txt], project: group/other, ref: v2"),
            "include:rules:exists:ref `v2` is not a valid ref in project `group/other`");
}

}  // namespace
}  // namespace willrun
