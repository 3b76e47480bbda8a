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

TEST(Checks, TellASharedPlaceOnce) {
  EXPECT_EQ(found(".base:\n  rules:\n    - if: $CI_COMIT_TAG\na:\n  extends: .base\n  script: x\n"
                  "b:\n  extends: .base\n  script: x\n"),
            "3:11 variable-misspelt\n");
}

}  // namespace
}  // namespace willrun
