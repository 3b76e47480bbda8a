#include <willrun/coverage.hpp>

#include <gtest/gtest.h>

namespace willrun {
namespace {

Config load_text(const std::string& text) {
  MemoryFiles files;
  files.add(".gitlab-ci.yml", text);
  files.add("more.yml", "more: {script: x}\n");
  files.add("inputs.yml", "inputs: {a: {default: x}}\n");
  return load(".gitlab-ci.yml", files, Trigger::push("main"), {.mode = LoadMode::pipeline});
}

TEST(Coverage, ListsRulesOfWorkflowAndJobs) {
  const Config config = load_text(
      "workflow: {rules: [{if: $A}, {when: always}]}\n"
      ".base: {rules: [{if: $B}]}\n"
      "one: {script: x, extends: .base}\n"
      "two: {script: x, parallel: 2, rules: [{if: $C}, !reference [.base, rules]]}\n"
      "three: {script: x}\n");
  std::string listed;
  for (const RuleList& list : rule_lists(*compile(config))) {
    listed.append(list.job.empty() ? "workflow" : list.job).append(":");
    for (const DecidingRule& rule : list.rules)
      listed.append(" ").append(std::to_string(rule.index)).append(" ").append(rule.condition);
    listed += "; ";
  }
  EXPECT_EQ(listed, "workflow: 0 $A 1 ; one: 0 $B; two 1/2: 0 $C 1 $B; two 2/2: 0 $C 1 $B; three:; ");
}

TEST(Coverage, DecisionsNameTheirRulesAlike) {
  const Config config = load_text("a: {script: x, parallel: 2, rules: [{if: $NO}, {when: manual}]}\n");
  const Decision decision = decide(config, Trigger::push("main"));
  const std::vector<RuleList> lists = rule_lists(*compile(config));
  EXPECT_EQ(decision.jobs.at(1).span, lists.at(2).span);
  EXPECT_EQ(decision.jobs.at(1).rule->span, lists.at(2).rules.at(1).span);
  EXPECT_EQ(decision.jobs.at(1).rule->index, 1u);
}

TEST(Coverage, KnowsWhatDependsOnInputsOnly) {
  EXPECT_TRUE(depends_on_inputs_only(load_text("a: {script: x}\n")));
  EXPECT_TRUE(
      depends_on_inputs_only(load_text("spec: {inputs: {i: {default: x}}}\n---\na: {script: '$[[ inputs.i ]]'}\n")));
  EXPECT_FALSE(depends_on_inputs_only(load_text("include: more.yml\na: {script: x}\n")));
  EXPECT_FALSE(depends_on_inputs_only(
      load_text("\"incl\\u0075de\": [{local: more.yml, rules: [{if: $NO}]}]\na: {script: x}\n")));
  EXPECT_FALSE(depends_on_inputs_only(load_text("include: []\na: {script: x}\n")));
  EXPECT_FALSE(depends_on_inputs_only(load_text("spec: {include: [{local: inputs.yml}]}\n---\na: {script: x}\n")));
  EXPECT_FALSE(depends_on_inputs_only(load_text("a: {scrip: x}\n")));
}

}  // namespace
}  // namespace willrun
