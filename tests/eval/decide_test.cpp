#include <gtest/gtest.h>

#include "support/load.hpp"

namespace willrun {
namespace {

using testing_support::decide_text;
using testing_support::print;
using testing_support::variable;

std::string by_token(std::string text, std::vector<Variable> variables = {}) {
  Trigger trigger = Trigger::by_token("main");
  trigger.variables = std::move(variables);
  return print(decide_text(std::move(text), trigger));
}

TEST(Decide, FirstRuleThatHolds) {
  const std::string text =
      "j:\n  script: x\n  rules:\n    - if: $A == '1'\n      when: manual\n    - if: $A\n      when: never\n"
      "    - if: $CI_PIPELINE_SOURCE == 'trigger'\n      allow_failure: true\n";
  EXPECT_EQ(by_token(text, {variable("A", "1")}), "created: test/j manual rule0;");
  EXPECT_EQ(by_token(text + "k: {script: x}\n", {variable("A", "2")}), "created: test/k on_success;");
  EXPECT_EQ(by_token(text), "created: test/j on_success ! rule2;");
}

TEST(Decide, ARuleTakesWhatItDoesNotSayFromTheJob) {
  EXPECT_EQ(by_token("j: {script: x, when: manual, rules: [{if: $CI}]}"), "created: test/j manual ! rule0;");
  EXPECT_EQ(by_token("j: {script: x, rules: [{when: manual}]}"), "created: test/j manual rule0;");
  EXPECT_EQ(by_token("j: {script: x, when: manual, allow_failure: false}"), "created: test/j manual;");
}

TEST(Decide, Workflow) {
  const std::string text =
      "workflow: {rules: [{if: $RUN, variables: {MODE: w}}]}\nj: {script: x, rules: [{if: $MODE == 'w'}]}\n";
  EXPECT_EQ(by_token(text, {variable("RUN", "1")}), "created: test/j on_success rule0;");
  EXPECT_EQ(by_token(text),
            "failed: The pipeline did not run. Review the workflow:rules configuration for the pipeline.");
}

TEST(Decide, Precedence) {
  const auto seen = [](std::string variables, std::vector<Variable> given) {
    return by_token(
        "variables: {X: root}\nj: {script: x, " + variables +
            "rules: [{if: $X == 'job', when: always}, {if: $X == 'root', when: manual}, {if: $X == 'given', "
            "when: on_failure}]}\n",
        std::move(given));
  };
  EXPECT_EQ(seen("", {}), "created: test/j manual rule1;");
  EXPECT_EQ(seen("variables: {X: job}, ", {}), "created: test/j always rule0;");
  EXPECT_EQ(seen("variables: {X: job}, ", {variable("X", "given")}), "created: test/j on_failure rule2;");
}

TEST(Decide, ScopesOfJobsDoNotLeak) {
  EXPECT_EQ(by_token("a: {script: x, variables: {X: '1'}, rules: [{if: $X}]}\nb: {script: x, rules: [{if: $X}]}\n"
                     "c: {script: x, rules: [{if: $CI_JOB_NAME == 'c'}]}\n"),
            "created: test/a on_success rule0; test/c on_success rule0;");
}

TEST(Decide, Needs) {
  const std::string text =
      "a: {script: x, stage: build, rules: [{if: $A}]}\nb: {script: x, needs: [a]}\nc: {script: x}\n";
  EXPECT_EQ(by_token(text, {variable("A", "1")}),
            "created: build/a on_success rule0; test/b on_success needs=a; test/c on_success;");
  EXPECT_EQ(
      by_token(text),
      "failed: 'b' job needs 'a' job, but 'a' does not exist in the pipeline. This might be because of the only, "
      "except, or rules keywords. To need a job that sometimes does not exist in the pipeline, use needs:optional.");
}

TEST(Decide, EmptyPipelines) {
  constexpr std::string_view kEmpty =
      "failed: The resulting pipeline would have been empty. Review the rules configuration for the relevant jobs.";
  EXPECT_EQ(by_token("j: {script: x, rules: [{if: $NO}]}"), kEmpty);
  EXPECT_EQ(by_token("j: {script: x, stage: .pre}"), kEmpty);
}

TEST(Decide, TextsOfPipelineCreation) {
  EXPECT_EQ(by_token(""), "failed: Local file `.gitlab-ci.yml` is empty!");
  EXPECT_EQ(by_token("# nothing\n"), "failed: Included file `.gitlab-ci.yml` does not have valid YAML syntax!");
  EXPECT_EQ(by_token("x"), "failed: `.gitlab-ci.yml`: Invalid configuration format");
  EXPECT_EQ(by_token("spec: {inputs: {a: {}}}\n---\nj: {script: x}\n"),
            "failed: `.gitlab-ci.yml`: `a` input: required value has not been provided");
}

TEST(Decide, SkipMarkers) {
  Trigger push = Trigger::push("main");
  for (const char* marker : {"[ci skip]", "a [Skip-CI] b", "x\n\n[skip_ci]"}) {
    push.commit_message = marker;
    EXPECT_EQ(print(decide_text("j: {script: x}", push)), "skipped") << marker;
  }
  push.commit_message = "[skip  ci]";
  EXPECT_EQ(print(decide_text("j: {script: x}", push)), "created: test/j on_success;");
  Trigger token = Trigger::by_token("main");
  token.commit_message = "[ci skip]";
  EXPECT_EQ(print(decide_text("j: {script: x}", token)), "created: test/j on_success;");
}

TEST(Decide, VariablesOfTheTrigger) {
  EXPECT_EQ(by_token("j: {script: x}", {variable("A", "1"), variable("A", "2")}), "failed: Duplicate variable name: A");
  EXPECT_EQ(
      by_token("j: {script: x}", {variable("A-B", "1")}),
      "failed: Failed to build pipeline variables: Validation failed: Key can contain only letters, digits and '_'.");
}

TEST(Decide, Circles) {
  EXPECT_EQ(by_token("variables: {A: $B, B: $C, C: $A}\nj: {script: x}"),
            "failed: j: circular variable reference detected: [\"A\", \"B\", \"C\"]");
  EXPECT_EQ(by_token("variables: {A: $B, B: b}\nj: {script: x}\nk: {script: x, variables: {B: $A}}"),
            "failed: k: circular variable reference detected: [\"A\", \"B\"]");
}

TEST(Decide, NamesOfPipelines) {
  const Decision decision = decide_text(
      "variables: {V: v}\nworkflow: {name: ' $V of $CI_COMMIT_BRANCH$NO '}\nj: {script: x}", Trigger::by_token("main"));
  EXPECT_EQ(decision.name, "v of main");
}

TEST(Decide, MergedVariables) {
  const Decision decision = decide_text(
      "variables: {A: root, B: root}\nj: {script: x, variables: {B: job, C: job}, rules: [{when: always, variables: "
      "{C: rule}}]}",
      Trigger::by_token("main"));
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(details(decision, decision.jobs.at(0)).variables, (Pairs{{"A", "root"}, {"B", "job"}, {"C", "rule"}}));
}

TEST(Decide, OutlivesItsConfiguration) {
  const Trigger trigger = Trigger::by_token("main");
  LoadOptions options;
  options.mode = LoadMode::pipeline;
  std::optional<Program> program =
      compile(testing_support::load_text("j: {script: x, rules: [{if: $CI}]}", trigger, options));
  ASSERT_TRUE(program);
  EXPECT_EQ(print(decide(*program, trigger)), "created: test/j on_success rule0;");
}

}  // namespace
}  // namespace willrun
