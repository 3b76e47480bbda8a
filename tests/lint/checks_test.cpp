#include <willrun/lint.hpp>

#include "support/load.hpp"

#include <gtest/gtest.h>

namespace willrun {
namespace {

// `line:column name` of each finding.
std::string found(std::string text) {
  const Config config = testing_support::load_text(std::move(text));
  std::string printed;
  for (const Diagnostic& diagnostic : lint_findings(config)) {
    const LineColumn at = config.files().locate(diagnostic.span.file, diagnostic.span.begin);
    printed += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + std::string(diagnostic.name) + "\n";
  }
  return printed;
}

std::string rules(const std::string& condition) {
  return found("j:\n  script: x\n  rules:\n    - if: " + condition + "\n");
}

TEST(Checks, PointIntoConditions) {
  EXPECT_EQ(rules("$CI_COMMIT_BRANCH && $CI_COMIT_TAG"), "4:32 variable-misspelt\n");
  EXPECT_EQ(rules("$CI_PIPELINE_ID"), "4:11 variable-not-visible\n");
  EXPECT_EQ(rules("$CI_PIPELINE_SOURCE == \"pushs\""), "4:34 value-not-possible\n");
}

TEST(Checks, KnowOptions) {
  const std::string variable = "variables: {TO: {value: a, options: [a, b]}}\n";
  const std::string job = "j: {script: x, rules: [{if: '$TO == \"c\"'}, {if: '$TO == \"b\"'}]}\n";
  EXPECT_EQ(found(variable + job), "2:37 value-not-possible\n");
  EXPECT_EQ(found(variable + job + "k: {script: x, variables: {TO: c}}\n"), "");
  const std::string header =
      "spec: {inputs: {kind: {options: [a, b], default: a}, to: {rules: [{if: '$[[ inputs.kind ]] == \"%\"', options: "
      "[x], default: x}, {default: y}]}}}\n---\nj: {script: 'x $[[ inputs.to ]] $[[ inputs.kind ]]'}\n";
  const auto with = [&](char value) {
    std::string text = header;
    text[text.find('%')] = value;
    return found(text);
  };
  EXPECT_EQ(with('b'), "");
  EXPECT_EQ(with('c'), "1:95 value-not-possible\n");
}

TEST(Checks, AreQuietAboutSoundRules) {
  EXPECT_EQ(rules("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"), "");
  EXPECT_EQ(rules("$CI_COMMIT_TAG =~ /^v/ && $CI_PIPELINE_SOURCE != 'schedule'"), "");
  EXPECT_EQ(found("spec: {inputs: {a: {default: no}}}\n---\nj:\n  script: x\n  rules:\n    - if: '\"$[[ inputs.a ]]\" "
                  "== \"yes\"'\n    - if: $CI\n"),
            "");
  EXPECT_EQ(rules("$MY_OWN_FLAG == 'yes' || $CI_MY_SETTING"), "");
}

TEST(Checks, CommentsSilenceThem) {
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun: ignore WR604 set by a policy"), "");
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun: ignore variable-misspelt"), "");
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun: ignore"), "");
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun: ignore WR601, WR604"), "");
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun: ignore WR601"), "4:11 variable-misspelt\n");
  EXPECT_EQ(found("j:\n  script: x\n  rules:\n    # willrun: ignore WR604\n    - if: $CI_COMIT_TAG\n"), "");
}

// A needed job and the job that needs it, each by its rules or `only`.
std::string needing(const std::string& needed, const std::string& needs_it, const std::string& more = "") {
  return found(more + "a:\n  stage: build\n  script: x\n  " + needed + "\nb:\n  script: x\n  needs: [a]\n  " +
               needs_it + "\n");
}

TEST(Checks, KnowWhichNeedsAreSurelyMissing) {
  const std::string always = "rules: [{when: always}]";
  const std::string missing = "7:11 need-removed\n";
  EXPECT_EQ(needing("rules: [{if: $CI_COMMIT_TAG}]", always), missing);
  EXPECT_EQ(needing("stage: build", always), missing);  // branches and tags only
  EXPECT_EQ(needing("only: {variables: [$X]}", always), "4:9 only-beside-rules\n" + missing);
  EXPECT_EQ(needing("rules: [{if: $CI_COMMIT_BRANCH}]", "rules: [{if: $CI_COMMIT_BRANCH}]"), "");
  // What settings, files and the project's own names decide is not known.
  EXPECT_EQ(needing("rules: [{if: $NIGHTLY}]", always), "");
  EXPECT_EQ(needing("rules: [{if: $NIGHTLY}]", always, "variables: {NIGHTLY: ''}\n"), "8:11 need-removed\n");
  EXPECT_EQ(needing("rules: [{if: '$CI_COMMIT_TAG && $CI_PROJECT_PATH == \"a/b\"'}]", "rules: [{if: $CI_COMMIT_TAG}]"),
            "");
  EXPECT_EQ(needing("rules: [{if: '$CI_COMMIT_BRANCH == \"master\"'}]",
                    "rules: [{if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'}]"),
            "");
  EXPECT_EQ(needing("rules: [{changes: [docs/*], when: never}, {when: always}]", always), "");
  EXPECT_EQ(needing("except: {changes: [docs/*]}", "only: [branches, tags]"), "");
}

TEST(Checks, CallJobsByTheirWrittenNames) {
  const Config config = testing_support::load_text(
      "a: {stage: build, script: x}\nb: {script: x, needs: [a], parallel: 2, rules: [{when: always}]}\n");
  const auto all = lint_findings(config);
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(all.front().message.starts_with("b needs a, which is left out of: mr;")) << all.front().message;
}

TEST(Checks, LeaveHiddenJobsToFilesThatAreIncludedByRules) {
  const std::string jobs = ".base: {script: x}\nj: {script: x}\n";
  EXPECT_EQ(found(jobs), "1:1 hidden-job-unused\n");
  EXPECT_EQ(found("include: {local: b.yml, rules: [{if: $CI_COMMIT_TAG}]}\n" + jobs), "");
}

TEST(Checks, ReadFilledInValuesAsTheyAre) {
  EXPECT_EQ(
      found("spec: {inputs: {n: {type: number, default: 5}}}\n---\nvariables: {N: $[[ inputs.n ]]}\nj: {script: x}\n"),
      "");
}

TEST(Checks, TellASharedPlaceOnce) {
  EXPECT_EQ(found(".base:\n  rules:\n    - if: $CI_COMIT_TAG\na:\n  extends: .base\n  script: x\n"
                  "b:\n  extends: .base\n  script: x\n"),
            "3:11 variable-misspelt\n");
}

}  // namespace
}  // namespace willrun
