// Expectations against decisions: tables of what is expected against what is said to differ.
#include "scenario/compare.hpp"

#include <gtest/gtest.h>

#include <willrun/config.hpp>

#include "scenario/names.hpp"
#include "scenario/read.hpp"
#include "scenario/snapshot.hpp"
#include "scenario/yaml_text.hpp"

namespace willrun::scenario {
namespace {

constexpr std::string_view kComparedConfiguration =
    "workflow: {name: 'on $CI_COMMIT_BRANCH', rules: [{if: $CI_COMMIT_BRANCH}]}\n"
    "build: {stage: build, script: x, variables: {A: '1', B: $A}}\n"
    "test: {stage: test, script: x, parallel: 2, needs: [build, lint]}\n"
    "lint: {stage: build, script: x, allow_failure: true}\n"
    "docs: {stage: test, script: x, rules: [{if: $DOCS}]}\n"
    "deploy: {stage: deploy, script: x, environment: prod, rules: [{if: $FROZEN, when: never}, {when: manual}]}\n";

Decision decide(const Trigger& trigger) {
  MemoryFiles files;
  files.add(".gitlab-ci.yml", std::string(kComparedConfiguration));
  return willrun::decide(load(".gitlab-ci.yml", files, trigger, {.mode = LoadMode::pipeline}), trigger);
}

std::string shown(const Difference& one) {
  const std::string what = one.job + "|" + one.key;
  switch (one.kind) {
    case Difference::Kind::missing:
      return "missing " + what + (one.left_out ? "|" + std::string(to_string(one.left_out->reason)) : "|none") +
             (one.advice.empty() ? "" : "|" + one.advice);
    case Difference::Kind::unexpected: return "unexpected " + what + (one.taken->rule ? "|by a rule" : "");
    case Difference::Kind::value: break;
  }
  return what + "|" + one.expected + "|" + one.found;
}

ScenarioFile read(const std::string& expect) {
  return read_scenarios("scenarios: [{name: a, expect: " + expect + "}]", "t.yml", {});
}

// Differences, separated by `; `, for a push to main.
std::string compared(const std::string& expect, const Trigger& trigger = Trigger::push("main")) {
  const ScenarioFile file = read(expect);
  if (!file.diagnostics.empty()) return file.diagnostics.front().message;
  const Decision decision = decide(trigger);
  std::string out;
  for (const Difference& one : compare(*file.scenarios[0].expect, decision))
    out += (out.empty() ? "" : "; ") + shown(one);
  return out;
}

TEST(ScenarioCompare, Jobs) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"{}", ""},
      {"{created: true}", ""},
      {"{jobs: [build, lint, test*, deploy]}", ""},
      {"{jobs: ['*']}", ""},
      {"{jobs: [build, lint, test 1/2, deploy]}", "unexpected test 2/2|jobs"},
      {"{jobs: [build, lint, 'test *']}", "unexpected deploy|jobs|by a rule"},
      {"{present: [docs]}", "missing docs|present|" + std::string(to_string(LeftOut::no_rule_matched))},
      {"{present: [doocs]}", "missing doocs|present|none|did you mean `docs`?"},
      {"{present: [test]}", "missing test|present|none|write `test*` for its instances"},
      {"{present: [xyz*]}", "missing xyz*|present|none"},
      {"{absent: [docs]}", ""},
      {"{absent: [docs, lint, 'te*']}",
       "unexpected lint|absent; unexpected test 1/2|absent; unexpected test 2/2|absent"},
  };
  for (const auto& [expect, differences] : table) EXPECT_EQ(compared(expect), differences) << expect;
}

TEST(ScenarioCompare, DetailsOfJobs) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"{deploy: {when: manual, allow_failure: false, stage: deploy, environment: prod}}", ""},
      {"{deploy: {when: on_success}}", "deploy|when|on_success|manual"},
      {"{'*': {environment: prod}}",
       "build|environment|prod|null; lint|environment|prod|null; test 1/2|environment|prod|null; "
       "test 2/2|environment|prod|null"},
      {"{build: {environment: null, start_in: null}}", ""},
      {"{lint: {allow_failure: false}}", "lint|allow_failure|false|true"},
      {"{'test 1/2': {needs: [lint, build]}}", ""},
      {"{'test 1/2': {needs: [build]}}", "test 1/2|needs|[build]|[build, lint]"},
      {"{build: {variables: {A: 1, B: $A, C: null}}}", ""},
      {"{build: {variables: {A: '2', C: x}}}", "build|variables.A|'2'|'1'; build|variables.C|x|null"},
      {"{build: }", ""},
  };
  for (const auto& [expect, differences] : table)
    EXPECT_EQ(compared("{present: " + expect + "}"), differences) << expect;
}

TEST(ScenarioCompare, OutcomesNamesAndWarnings) {
  const std::string refused = "The pipeline did not run. Review the workflow:rules configuration for the pipeline.";
  Trigger tag = Trigger::push_tag("v1");
  EXPECT_EQ(compared("{created: false}", tag), "");
  EXPECT_EQ(compared("{failure: /^The pipeline did not/}", tag), "");
  EXPECT_EQ(compared("{failure: '" + refused + "'}", tag), "");
  EXPECT_EQ(compared("{failure: other}", tag), "|failure|other|" + refused);
  EXPECT_EQ(compared("{jobs: [build]}", tag), "|created|a pipeline|" + refused);
  EXPECT_EQ(compared("{skipped: true}", tag), "|skipped|skipped|" + refused);
  EXPECT_EQ(compared("{created: false}"), "|created|no pipeline|a pipeline");
  EXPECT_EQ(compared("{name: on main, warnings: []}"), "");
  EXPECT_EQ(compared("{name: /^on ma/}"), "");
  EXPECT_EQ(compared("{name: ''}"), "|name|''|on main");
  EXPECT_EQ(compared("{warnings: [careful]}"), "|warnings|[careful]|[]");
  Trigger skipped = Trigger::push("main");
  skipped.commit_message = "x [skip ci]";
  EXPECT_EQ(compared("{skipped: true}", skipped), "");
  EXPECT_EQ(compared("{created: false}", skipped), "");
  EXPECT_EQ(compared("{}", skipped), "|created|a pipeline|skipped");
}

// What is revised is met, and stays as it is when it is revised once more.
TEST(ScenarioCompare, RevisedExpectationsAreMet) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"{jobs: [docs, build, 'test *']}", "{jobs: [build, 'test *', lint, deploy]}"},
      {"{jobs: {docs: {}, deploy: {when: always, stage: deploy}, '*': }}",
       "{jobs: {deploy: {when: manual, stage: deploy}, '*': null}}"},
      {"{present: [build, docs], absent: [lint, docs]}", "{present: [build], absent: [docs]}"},
      {"{present: {build: {variables: {A: '9', B: $A, C: '1'}}}}",
       "{present: {build: {variables: {A: '1', B: $A, C: null}}}}"},
      {"{name: other, warnings: [w]}", "{name: on main, warnings: []}"},
      {"{name: /main/, jobs: []}", "{name: /main/, jobs: [build, lint, test 1/2, test 2/2, deploy]}"},
      {"{failure: none}", "{jobs: [build, lint, test 1/2, test 2/2, deploy]}"},
  };
  const Decision decision = decide(Trigger::push("main"));
  for (const auto& [before, after] : table) {
    const ScenarioFile file = read(before);
    ASSERT_TRUE(file.diagnostics.empty()) << before << ": " << file.diagnostics.front().message;
    const Value& written = *file.scenario_value(0).find("expect");
    const std::string text = flow_text(revised(written, *file.scenarios[0].expect, decision));
    EXPECT_EQ(text, after);
    EXPECT_EQ(compared(text), "") << text;
  }
}

TEST(ScenarioCompare, ValuesAsYaml) {
  const std::vector<std::pair<Value, std::string>> table = {
      {"deploy to dev", "deploy to dev"},
      {"true", "'true'"},
      {"12", "'12'"},
      {"a: b", "'a: b'"},
      {"it's", "\"it's\""},
      {"a\nb", "\"a\\nb\""},
      {"", "''"},
      {" a", "' a'"},
      {"-", "'-'"},
      {"[x]", "'[x]'"},
      {"2026-01-02", "'2026-01-02'"},
      {"für", "'für'"},
      {"null", "'null'"},
      {"~", "'~'"},
      {Value(), "null"},
      {true, "true"},
  };
  for (const auto& [value, text] : table) EXPECT_EQ(flow_text(value), text);
}

}  // namespace
}  // namespace willrun::scenario
