#include <willrun/explain.hpp>

#include <gtest/gtest.h>

#include "support/load.hpp"

namespace willrun {
namespace {

using testing_support::variable;

Explanation explain_text(std::string text, const Trigger& trigger, std::string_view job) {
  MemoryFiles files;
  files.add(".gitlab-ci.yml", std::move(text));
  const auto program = compile(load(".gitlab-ci.yml", files, trigger, {.mode = LoadMode::pipeline}));
  EXPECT_TRUE(program.has_value());
  return explain(*program, trigger, job);
}

// `NAME=value(level<overridden)`, a blank between.
std::string read_text(const std::vector<ReadVariable>& read) {
  std::string text;
  for (const ReadVariable& one : read) {
    text.append(text.empty() ? "" : " ").append(one.name).append("=").append(one.value.value_or("~"));
    if (one.value) text.append("(").append(one.level);
    if (!one.overrides.empty()) text.append("<").append(one.overrides);
    if (one.value) text.append(")");
  }
  return text;
}

TEST(Explain, TellsWhereAValueComesFromAndWhatItOverrides) {
  Trigger trigger = Trigger::push("main");
  trigger.project_variables = {{.variable = variable("A", "project")}};
  trigger.variables = {variable("A", "trigger"), variable("T", "t")};
  const auto read = [&](const std::string& variables) {
    return read_text(explain_text("variables: {A: file, B: file, C: file}\n"
                                  "j: {script: x, " +
                                      variables +
                                      "rules: [{if: $A && $B && $C && $D && $CI_COMMIT_BRANCH}]}\nk: {script: x}\n",
                                  trigger, "j")
                         .rules.front()
                         .read);
  };
  EXPECT_EQ(read(""),
            "A=trigger(trigger<project settings) B=file(file) C=file(file) D=~ CI_COMMIT_BRANCH=main(predefined)");
  EXPECT_EQ(read("variables: {B: job}, inherit: {variables: [B]}, "),
            "A=trigger(trigger<project settings) B=job(job<file) C=~ D=~ CI_COMMIT_BRANCH=main(predefined)");
}

TEST(Explain, ListsRulesThatWereNotReached) {
  const Explanation explained =
      explain_text("j: {script: x, rules: [{if: $A}, {if: $CI_COMMIT_BRANCH, when: manual}, {if: $B == 'b'}]}\n",
                   Trigger::push("main"), "j");
  ASSERT_EQ(explained.rules.size(), 3u);
  EXPECT_FALSE(explained.rules[0].matched);
  EXPECT_TRUE(explained.rules[1].matched);
  EXPECT_EQ(explained.rules[1].when, When::manual);
  EXPECT_FALSE(explained.rules[2].reached);
  EXPECT_FALSE(explained.rules[2].condition.has_value());
  EXPECT_FALSE(explained.way_in.has_value());
  EXPECT_TRUE(explained.usual.empty());
}

TEST(Explain, NamesThePatternAndThePath) {
  Trigger trigger = Trigger::push("main");
  trigger.changed_files = {{"docs/a.md", "src/a.c"}};
  trigger.tree = {{"Dockerfile", "src/a.c"}};
  trigger.compare = {{"base", {"lib/b.c"}}};
  const auto first = [&](const std::string& rule) {
    return explain_text("j: {script: x, rules: [" + rule + "]}\nk: {script: x}\n", trigger, "j").rules.front();
  };
  const auto changes = [&](const std::string& rule) { return *first(rule).changes; };
  EXPECT_EQ(changes("{changes: ['no/*', 'src/*.c']}").pattern, "src/*.c");
  EXPECT_EQ(changes("{changes: ['no/*', 'src/*.c']}").path, "src/a.c");
  EXPECT_EQ(changes("{changes: ['no/*']}").patterns, std::vector<std::string>{"no/*"});
  EXPECT_FALSE(changes("{changes: ['no/*']}").held);
  const ExplainedPaths compared = changes("{changes: {paths: ['lib/*'], compare_to: base}}");
  EXPECT_EQ(compared.with, ComparedWith::ref);
  EXPECT_EQ(compared.other, "base");
  EXPECT_EQ(compared.path, "lib/b.c");
  const ExplainedPaths exists = *first("{exists: [Dockerfile]}").exists;
  EXPECT_EQ(exists.with, ComparedWith::tree);
  EXPECT_EQ(exists.path, "Dockerfile");
  trigger.variables = {variable("DIR", "src")};
  EXPECT_EQ(changes("{changes: ['$DIR/*']}").pattern, "src/*");
  trigger.before_sha = std::string(40, '0');
  EXPECT_EQ(changes("{changes: ['no/*']}").with, ComparedWith::nothing);
}

TEST(Explain, TellsOfRulesThatGitLabFailsOn) {
  const Explanation explained =
      explain_text("j: {script: x, rules: [{changes: {paths: [a], compare_to: nowhere}}, {if: $A}]}\nk: {script: x}\n",
                   Trigger::push("main"), "j");
  EXPECT_EQ(explained.rules[0].error, "rules:changes:compare_to is not a valid ref");
  EXPECT_FALSE(explained.rules[0].changes.has_value());
  EXPECT_FALSE(explained.rules[1].reached);
  EXPECT_FALSE(explained.way_in.has_value());  // it would fail before it came to the second one
}

TEST(Explain, LooksAtPartsOfAConditionByTheEvaluator) {
  Trigger trigger = Trigger::push("main");
  trigger.variables = {variable("A", "")};
  const Explanation explained = explain_text(
      "j: {script: x, rules: [{if: '$A && ($B == null || !$C) && \"x\" == \"y\"'}]}\nk: {script: x}\n", trigger, "j");
  std::string parts;
  for (const ConditionPart& part : explained.rules.front().parts)
    parts.append(part.text).append(part.held ? " yes; " : " no; ");
  EXPECT_EQ(parts, "$A no; $B == null yes; $C no; \"x\" == \"y\" no; ");
}

TEST(Explain, OfOnlyAndExcept) {
  Trigger trigger = Trigger::push("main");
  trigger.changed_files = {{"src/a.c"}};
  const auto policies = [&](const std::string& lines) {
    std::string text;
    for (const ExplainedPolicy& policy :
         explain_text("j: {script: x, " + lines + "}\nk: {script: x}\n", trigger, "j").policies) {
      text.append(policy.except ? "except" : "only").append(policy.by_default ? " by default" : "");
      text.append(policy.allows ? " yes:" : " no:");
      for (const ExplainedClause& clause : policy.clauses)
        text.append(" ")
            .append(clause.name)
            .append(clause.held ? "+" : "-")
            .append(clause.matched)
            .append("|")
            .append(clause.path);
      text.append("; ");
    }
    return text;
  };
  EXPECT_EQ(policies("stage: test"), "only by default yes: refs+branches|; ");
  EXPECT_EQ(policies("only: [tags]"), "only no: refs-|; ");
  EXPECT_EQ(policies("only: {refs: [main], changes: ['doc/*', 'src/*']}"),
            "only yes: refs+main| changes+src/*|src/a.c; ");
  EXPECT_EQ(policies("except: {variables: ['$A', '$CI_COMMIT_BRANCH']}"),
            "only by default yes: refs+branches|; except no: variables+$CI_COMMIT_BRANCH|; ");
}

TEST(Explain, FindsJobsByTheNameAsWritten) {
  const std::string text = "j: {script: x, parallel: 3}\nm: {script: x, parallel: {matrix: [{A: [x, y]}]}}\n";
  const Explanation parallel = explain_text(text, Trigger::push("main"), "j");
  EXPECT_EQ(parallel.job_name, "j 1/3");
  EXPECT_EQ(parallel.instances.size(), 3u);
  EXPECT_TRUE(explain_text(text, Trigger::push("main"), "m: [y]").instances.empty());
  EXPECT_EQ(explain_text(text, Trigger::push("main"), "m").job_name, "m: [x]");
  EXPECT_FALSE(explain_text(text, Trigger::push("main"), "n").job.has_value());
  MemoryFiles files;
  files.add(".gitlab-ci.yml", text);
  const auto program = compile(load(".gitlab-ci.yml", files, Trigger::push("main")));
  EXPECT_EQ(job_names(*program),
            (std::vector<std::string_view>{"j", "j 1/3", "j 2/3", "j 3/3", "m", "m: [x]", "m: [y]"}));
}

TEST(Explain, NamesTheUsualWays) {
  const std::string text =
      "j: {script: x, rules: [{if: $CI_COMMIT_TAG}, {if: $CI_MERGE_REQUEST_IID}]}\nk: {script: x}\n";
  EXPECT_EQ(explain_text(text, Trigger::push("main"), "j").usual, (std::vector<std::string>{"push tag", "mr"}));
}

TEST(Explain, OfTheWorkflowWhereItRefuses) {
  const Explanation explained = explain_text("workflow: {rules: [{if: $CI_COMMIT_TAG}, {if: $GO}]}\nj: {script: x}\n",
                                             Trigger::push("main"), "j");
  ASSERT_EQ(explained.workflow.size(), 2u);
  EXPECT_TRUE(explained.rules.empty());
  ASSERT_TRUE(explained.way_in.has_value());
  EXPECT_EQ(explained.way_in->differences, std::vector<std::string>{"$CI_COMMIT_TAG were set"});
}

// What GitLab, the instance or a runner gives is not somebody's to change; switches of people are.
TEST(Explain, OffersOnlyVariablesThatPeopleSet) {
  const auto offers = [](const std::string& name) {
    return explain_text("j: {script: x, rules: [{if: $" + name + "}]}\nk: {script: x}\n", Trigger::push("main"), "j")
        .way_in.has_value();
  };
  for (const char* name : {"CI_REGISTRY", "CI_RUNNER_ID", "CI_REGISTRY_PASSWORD", "CI_SERVER_VERSION",
                           "GITLAB_FEATURES", "CI_BUILD_REF", "CI_NODE_INDEX"})
    EXPECT_FALSE(offers(name)) << name;
  for (const char* name : {"OWN", "CI_DEPLOY_KEY", "CI_DEBUG_TRACE", "STAGING_ENABLED", "TRIGGER_PAYLOAD"})
    EXPECT_TRUE(offers(name)) << name;
}

TEST(Explain, HidesMaskedValuesInEveryText) {
  Trigger trigger = Trigger::push("main");
  Variable secret = variable("SECRET", "hush-hush");
  secret.masked = true;
  trigger.project_variables = {{.variable = secret}};
  trigger.changed_files = {{"hush-hush/a"}};
  const Explanation explained = explain_text(
      "j: {script: x, rules: [{if: $OTHER == $SECRET}, {changes: ['$SECRET/*'], when: never}]}\nk: {script: x}\n",
      trigger, "j");
  EXPECT_EQ(explained.rules[0].read[1].value, "[MASKED]x");
  EXPECT_EQ(explained.way_in->differences, std::vector<std::string>{"$OTHER were \"[MASKED]x\""});
  EXPECT_EQ(explained.rules[1].changes->pattern, "[MASKED]x/*");
  EXPECT_EQ(explained.rules[1].changes->path, "[MASKED]x/a");
}

TEST(Explain, NamesOnlyWaysThatWork) {
  const auto way = [](const std::string& text, std::string_view job = "j") {
    const auto found = explain_text(text + "\nk: {script: x}\n", Trigger::push("main"), job).way_in;
    if (!found) return std::string("none");
    std::string said = std::to_string(found->rule + 1) + ":";
    for (const std::string& one : found->differences) said.append(" ").append(one).append(";");
    return said;
  };
  // Not past the workflow, nor past a `never` that takes all such values; not to a need that is left out.
  EXPECT_EQ(way("workflow: {rules: [{if: $X, when: never}, {when: always}]}\nj: {script: x, rules: [{if: $X}]}"),
            "none");
  EXPECT_EQ(way("j: {script: x, rules: [{if: $Y =~ /^a/, when: never}, {if: '$Y =~ /^ab/ || $Z == \"q\"'}]}"),
            "2: $Z were \"q\";");
  EXPECT_EQ(way("b: {script: x, rules: [{if: $B}]}\nj: {script: x, needs: [b], rules: [{if: $F}]}"), "none");
  // GitLab's own variables follow from facts, and those of jobs from the job.
  EXPECT_EQ(way("j: {script: x, rules: [{if: '$CI_COMMIT_BRANCH == \"x\" && $CI_COMMIT_REF_NAME == \"main\"'}]}"),
            "none");
  EXPECT_EQ(way("j: {script: x, rules: [{if: $CI_COMMIT_TAG && $CI_COMMIT_BRANCH}]}"), "none");
  EXPECT_EQ(way("j: {script: x, rules: [{if: $CI_JOB_ID}, {if: $CI == null}]}"), "none");
  EXPECT_EQ(way("j: {script: x, parallel: 3, rules: [{if: $CI_NODE_INDEX == '2'}]}", "j 1/3"), "none");
  EXPECT_EQ(way("j: {script: x, rules: [{if: '$CI_COMMIT_REF_NAME =~ /^release-\\d+$/'}]}"),
            "1: $CI_COMMIT_REF_NAME matched /^release-\\d+$/;");
  EXPECT_EQ(way("j: {script: x, rules: [{if: '$CI_MERGE_REQUEST_TARGET_BRANCH_NAME == \"dev\"'}]}"),
            "1: $CI_MERGE_REQUEST_TARGET_BRANCH_NAME were \"dev\";");
  EXPECT_EQ(way("j: {script: x, rules: [{if: '$CI_PIPELINE_SOURCE != \"push\"'}]}"),
            "1: $CI_PIPELINE_SOURCE were not \"push\";");
}

TEST(Explain, TellsWhichInstancesAreIn) {
  const std::string text =
      "m: {script: x, parallel: {matrix: [{OS: [linux, mac]}]}, rules: [{if: $OS == 'mac'}]}\nk: {script: x}\n";
  const Explanation explained = explain_text(text, Trigger::push("main"), "m");
  EXPECT_EQ(explained.job_name, "m: [linux]");
  ASSERT_EQ(explained.instances.size(), 2u);
  EXPECT_FALSE(explained.instances[0].in_pipeline);
  EXPECT_TRUE(explained.instances[1].in_pipeline);
}

TEST(ExplainIncludes, TellsOfEntriesWithRules) {
  MemoryFiles files;
  files.add(".gitlab-ci.yml",
            "include:\n  - {local: a.yml, rules: [{if: $A == 'x'}, {exists: [Dockerfile]}]}\n  - {local: b.yml, rules: "
            "[{if: $CI_COMMIT_BRANCH}]}\n  - c.yml\n");
  for (const char* name : {"a.yml", "b.yml", "c.yml"}) files.add(name, "j: {script: x}\n");
  const ExplainedLoad loaded =
      load_explained(".gitlab-ci.yml", files, Trigger::push("main"), {.mode = LoadMode::pipeline});
  ASSERT_EQ(loaded.includes.size(), 2u);
  EXPECT_EQ(loaded.includes[0].location, "a.yml");
  EXPECT_FALSE(loaded.includes[0].included);
  EXPECT_EQ(loaded.includes[0].way_in->differences, std::vector<std::string>{"$A were \"x\""});
  EXPECT_EQ(loaded.includes[0].rules.size(), 2u);
  EXPECT_TRUE(loaded.includes[1].included);
  EXPECT_EQ(loaded.includes[1].rules[0].read[0].value, "main");
  EXPECT_TRUE(loaded.config.valid());
}

}  // namespace
}  // namespace willrun
