#include <gtest/gtest.h>

#include "support/load.hpp"

namespace willrun {
namespace {

using testing_support::lint;

struct Row {
  const char* text;
  const char* printed;
};

void expect_all(std::initializer_list<Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(lint(row.text), row.printed) << row.text;
}

TEST(Lint, Jobs) {
  expect_all({
      {"j: {script: x}", "ok"},
      {"j: {script: x, foo: 1, Bar: 2}", "E jobs:j config contains unknown keys: foo, bar\n"},
      {"My Job: {image: x}\nj: {script: x}",
       "E jobs my_job config should implement the script:, run:, or trigger: keyword\n"},
      {".h: {script: x}", "E jobs config should contain at least one visible job\n"},
      {"j: {script: ''}", "E jobs:j script can't be blank\n"},
      {"5: {script: x}", "E jobs:5 name should be a symbol\n"},
      {"workflow: {script: x}\nj: {script: y}", "ok"},
      {"j: {script: 5}",
       "E jobs:j:script config should be a string or a nested array of strings up to 10 levels deep\n"},
      {"j: {script: x, when: true}",
       "E jobs:j when should be a string\n"
       "E jobs:j when should be one of: on_success, on_failure, always, manual, delayed\n"},
      {"j: {script: x, when: delayed}",
       "E jobs:j start in should be a duration\nE jobs:j start in should not exceed the limit\n"},
      {"j: {script: x, start_in: 1 day}", "E jobs:j start in must be blank\n"},
      {"j: {script: x, allow_failure: {exit_codes: [1, x]}}",
       "E jobs:j:allow_failure exit codes should be an array of integers or an integer\n"},
  });
}

TEST(Lint, Rules) {
  expect_all({
      {"j: {script: x, rules: []}", "E jobs:j:rules config can't be blank\n"},
      {"j: {script: x, rules: [[]]}", "ok"},
      {"j: {script: x, rules: [x]}", "E jobs:j rules should be an array containing hashes and arrays of hashes\n"},
      {"j: {script: x, rules: [{foo: 1}]}", "E jobs:j:rules:rule config contains unknown keys: foo\n"},
      {"j: {script: x, rules: [{if: '$A =='}]}", "E jobs:j:rules:rule if invalid expression syntax\n"},
      {"j: {script: x, rules: [{if: '$A =~ /a(/'}]}", "E jobs:j:rules:rule if invalid expression syntax\n"},
      {"j: {script: x, rules: [{changes: a}]}", "E jobs:j:rules:rule:changes should be an array or a hash\n"},
      {"j: {script: x, rules: [{exists: {paths: [a], ref: b}}]}",
       "E jobs:j:rules:rule:exists config missing required keys: project\n"},
      {"j: {script: x, rules: [{if: $A}], start_in: 1 day}",
       "E jobs:j config key may not be used with `rules`: start_in\nE jobs:j start in must be blank\n"},
      {"j: {script: x, rules: [{if: $A}, {when: always}]}",
       "W jobs:j may allow multiple pipelines to run for a single action due to `rules:when` clause with no "
       "`workflow:rules`\n"},
      {"workflow: {rules: [{if: $A}]}\nj: {script: x, rules: [{when: always}]}", "ok"},
      {"workflow: x\nj: {script: x}", "E workflow config should be a hash\nE workflow config should be a hash\n"},
  });
}

TEST(Lint, VariablesAndStages) {
  expect_all({
      {"variables: {V: [a]}\nj: {script: x}", "E variable definition must be either a string or a hash\n"},
      {"variables: {V: {value: z, options: [x, y]}}\nj: {script: x}",
       "E variables:v config value must be present in options\n"},
      {"j: {script: x, variables: {V: {value: x, options: []}}}",
       "E jobs:j:variables:v config uses invalid data keys: options\n"},
      {"j: {script: x, variables: {null: x}}",
       "E jobs:j:variables:simple variable key must be an alphanumeric string\n"},
      {"j: {script: x, stage: nope}",
       "E j job: chosen stage nope does not exist; available stages are .pre, build, test, deploy, .post\n"},
      {"stages: [b, .pre]\nj: {script: x, stage: a}",
       "E j job: chosen stage a does not exist; available stages are .pre, b, .post\n"},
  });
}

TEST(Lint, Needs) {
  expect_all({
      {"a: {script: x, needs: [b]}", "E a job: undefined need: b\n"},
      {"a: {script: x, needs: [{job: b, optional: true}]}", "ok"},
      {"a: {script: x, needs: [b]}\nb: {script: x, stage: deploy}",
       "E a job: need b is not defined in current or prior stages\n"},
      {"a: {script: x}\nb: {script: x, needs: [a, a]}", "E b has the following needs duplicated: a.\n"},
      {"a: {script: x, needs: [a]}", "E The pipeline has circular dependencies: self-dependency: a\n"},
      {"a: {script: x, needs: [b]}\nb: {script: x, needs: [a]}",
       "E The pipeline has circular dependencies: topological sort failed: [\"a\", \"b\"]\n"},
      {"a: {script: x, needs: {b: c}}", "E jobs:a:needs:need has an unsupported type\n"},
  });
}

TEST(Lint, Extends) {
  expect_all({
      {".b: {script: x}\nj: {extends: .b}", "ok"},
      {"j: {extends: .nope, script: x}", "E j: unknown keys in `extends` (.nope)\n"},
      {"j: {extends: [a, b], script: x}", "E j: unknown keys in `extends` (a, b)\n"},
      {"j: {extends: {a: b}, script: x}", "E j: unknown keys in `extends` ([:a, \"b\"])\n"},
      {".b: [x]\nj: {extends: .b, script: x}", "E j: invalid base hashes in `extends` (.b)\n"},
      {"a: {extends: b}\nb: {extends: a}", "E a: circular dependency detected in `extends`\n"},
      {".b: {script: x, rules: [{if: $A}]}\nj: {extends: .b, rules: null}", "ok"},
      {".b: {script: x}\nj: {extends: .b, script: null}", "E jobs:j script can't be blank\n"},
  });
}

TEST(Lint, NestsExtendsTenDeepAndNoFurther) {
  std::string chain = ".x0: {script: x}\n";
  for (int i = 1; i <= 10; ++i) chain += ".x" + std::to_string(i) + ": {extends: .x" + std::to_string(i - 1) + "}\n";
  EXPECT_EQ(lint(chain + "j: {extends: .x10}\n"), "ok");
  EXPECT_EQ(lint(chain + ".x11: {extends: .x10}\nj: {extends: .x11}\n"), "E .x1: nesting too deep in `extends`\n");
}

// Fifty bases at each of ten levels name 50^10 ways to the bottom; each base is merged once.
TEST(Lint, MergesEachBaseOnce) {
  std::string text = ".l0: {script: x}\n";
  for (int level = 1; level <= 10; ++level) {
    text += ".l" + std::to_string(level) + ": {extends: [";
    for (int i = 0; i < 50; ++i) text += ".l" + std::to_string(level - 1) + ",";
    text += "]}\n";
  }
  EXPECT_EQ(lint(text + "j: {extends: .l10}\n"), "ok");
}

}  // namespace
}  // namespace willrun
