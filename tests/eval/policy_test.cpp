#include <gtest/gtest.h>

#include "support/load.hpp"

namespace willrun {
namespace {

using testing_support::decide_text;
using testing_support::lint;
using testing_support::variable;

// Whether a job with these lines runs.
bool runs_with(const std::string& lines, const Trigger& trigger) {
  const Decision decision = decide_text("job: {script: x, " + lines + "}\n", trigger);
  return decision.status == Decision::Status::created;
}

TEST(Policy, RefsAreKeywordsNamesAndPatterns) {
  const Trigger branch = Trigger::push("feature/x");
  const Trigger tag = Trigger::push_tag("v1.2");
  struct Row {
    std::string ref;
    bool on_branch;
    bool on_tag;
  };
  const Row rows[] = {
      {"branches", true, false},
      {"tags", false, true},
      {"pushes", true, true},
      {"push", true, true},
      {"web", false, false},
      {"feature/x", true, false},
      {"feature", false, false},
      {"/^feature/", true, false},
      {"/^V\\d/i", false, true},
      {"branches@group/project", true, false},
      {"branches@group/other", false, false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(runs_with("only: ['" + row.ref + "']", branch), row.on_branch) << row.ref;
    EXPECT_EQ(runs_with("only: ['" + row.ref + "']", tag), row.on_tag) << row.ref;
    EXPECT_EQ(runs_with("except: ['" + row.ref + "']", branch), !row.on_branch) << row.ref;
  }
}

TEST(Policy, MergeRequestsNeedTheirKeyword) {
  Trigger trigger = Trigger::push("feature");
  trigger.source = PipelineSource::merge_request_event;
  trigger.ref_kind = RefKind::merge_request;
  EXPECT_FALSE(runs_with("when: on_success", trigger));
  EXPECT_TRUE(runs_with("only: [merge_requests]", trigger));
  EXPECT_TRUE(runs_with("only: [merge_request]", trigger));
  EXPECT_FALSE(runs_with("only: [/feature/]", trigger));
  EXPECT_FALSE(runs_with("except: [tags]", trigger));  // the default `only` stays
}

TEST(Policy, OnlyWantsEveryClauseAndExceptAny) {
  Trigger trigger = Trigger::push("main");
  trigger.changed_files = {"src/a.c"};
  trigger.variables = {variable("A", "1")};
  EXPECT_TRUE(runs_with("only: {refs: [main], variables: [$A], changes: ['src/*']}", trigger));
  EXPECT_FALSE(runs_with("only: {refs: [main], variables: [$B], changes: ['src/*']}", trigger));
  EXPECT_FALSE(runs_with("only: {changes: ['doc/*']}", trigger));
  EXPECT_FALSE(runs_with("only: {variables: []}", trigger));
  EXPECT_FALSE(runs_with("except: {variables: [$B, $A]}", trigger));
  EXPECT_FALSE(runs_with("except: {refs: [tags], changes: ['src/*']}", trigger));
  EXPECT_TRUE(runs_with("except: {refs: [tags], changes: ['doc/*']}", trigger));
  EXPECT_TRUE(runs_with("variables: {J: '1'}, only: {variables: ['$J == \"1\"']}", trigger));
}

TEST(Policy, KubernetesIsAFactOfTheProject) {
  Trigger trigger = Trigger::push("main");
  EXPECT_FALSE(runs_with("only: {kubernetes: active}", trigger));
  trigger.kubernetes_active = true;
  EXPECT_TRUE(runs_with("only: {kubernetes: active}", trigger));
  EXPECT_FALSE(runs_with("except: {kubernetes: active}", trigger));
}

TEST(Policy, AnEmptyOnlyIsTheDefault) {
  EXPECT_TRUE(runs_with("only: ~", Trigger::push("main")));
  EXPECT_FALSE(runs_with("only: []", Trigger::push("main")));
}

TEST(Policy, IsJudged) {
  const auto judged = [](const std::string& lines) { return lint("o: {script: x, " + lines + "}\n"); };
  const std::string no_refs = " should be an array of strings or regular expressions using re2 syntax\n";
  EXPECT_EQ(judged("only: main"), "E jobs:o:only has to be either an array of conditions or a hash\n");
  EXPECT_EQ(judged("only: [5]"), "E jobs:o:only config" + no_refs);
  EXPECT_EQ(judged("except: {refs: ['/(?<!x)y/']}"), "E jobs:o:except refs" + no_refs);
  EXPECT_EQ(judged("except: {kubernetes: on}"), "E jobs:o:except kubernetes unknown value: true\n");
  EXPECT_EQ(judged("only: {variables: [$A ==]}"), "E jobs:o:only variables invalid expression syntax\n");
  EXPECT_EQ(judged("only: {variables: $A}"), "E jobs:o:only variables should be an array of strings\n");
  EXPECT_EQ(judged("only: {foo: 1}"), "E jobs:o:only config contains unknown keys: foo\n");
  EXPECT_EQ(judged("except: {}"), "E jobs:o:except config can't be blank\n");
}

}  // namespace
}  // namespace willrun
