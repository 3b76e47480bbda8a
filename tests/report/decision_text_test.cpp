#include <willrun/report.hpp>

namespace willrun {
namespace {

Decision created() {
  Decision decision;
  decision.status = Decision::Status::created;
  decision.stages = {"build", "deploy"};
  decision.workflow_rule = DecidingRule{1, {FileId{0}, 0, 3}, "$CI_PIPELINE_SOURCE == \"trigger\""};
  JobDecision compile;
  compile.name = "compile";
  compile.stage = "build";
  JobDecision deploy;
  deploy.name = "deploy:production";
  deploy.stage = "deploy";
  deploy.when = When::manual;
  deploy.allow_failure = true;
  deploy.rule = DecidingRule{0, {FileId{0}, 5, 8}, "$A\n&& $B"};
  JobDecision later;
  later.name = "wait";
  later.stage = "deploy";
  later.when = When::delayed;
  later.start_in = "5 minutes";
  later.rule = DecidingRule{2, {FileId{0}, 5, 8}, ""};
  decision.jobs = {compile, deploy, later};
  decision.left_out = {{"review", "build", LeftOut::no_rule_matched, std::nullopt, {FileId{0}, 9, 12}},
                       {"nightly", "deploy", LeftOut::rule_says_never, DecidingRule{0, {FileId{0}, 5, 8}, "$N"}, {}},
                       {"old", "build", LeftOut::not_for_this_ref, std::nullopt, {FileId{0}, 0, 3}}};
  return decision;
}

SourceFiles three_lines() {
  SourceFiles files;
  files.add("ci.yml", "one: 1\ntwo: 2\nthree: 3\n");
  return files;
}

TEST(DecisionText, SaysWhichJobsAndWhy) {
  EXPECT_EQ(render(created(), three_lines()),
            "status: created, 3 jobs in 2 stages\n"
            "workflow: rule 2 (ci.yml:1:1), if: $CI_PIPELINE_SOURCE == \"trigger\"\n"
            "\n"
            "STAGE   JOB                WHEN                  ALLOW FAILURE  DECIDED BY\n"
            "build   compile            on_success            no             no rules: always in\n"
            "deploy  deploy:production  manual                yes            rule 1 (ci.yml:1:6), if: $A && $B\n"
            "deploy  wait               delayed by 5 minutes  no             rule 3 (ci.yml:1:6)\n"
            "\n"
            "LEFT OUT  STAGE   WHY\n"
            "review    build   none of its rules matched (ci.yml:2:3)\n"
            "nightly   deploy  never, by rule 1 (ci.yml:1:6), if: $N\n"
            "old       build   without rules a job runs for branches and tags only (ci.yml:1:1)\n");
}

TEST(DecisionText, GivesGitLabsWordsForAFailure) {
  Decision decision;
  decision.failure_reason = "config_error";
  decision.errors = {"`.gitlab-ci.yml`: `env` input: required value has not been provided"};
  decision.warnings = {"may allow multiple pipelines"};
  EXPECT_EQ(render(decision, three_lines()),
            "status: not created (config_error)\n"
            "GitLab: `.gitlab-ci.yml`: `env` input: required value has not been provided\n"
            "warning: may allow multiple pipelines\n");
}

TEST(DecisionText, NeverCallsASkippedPipelineAnError) {
  Decision decision;
  decision.status = Decision::Status::skipped;
  EXPECT_EQ(render(decision, three_lines()), "status: skipped\n");
}

}  // namespace
}  // namespace willrun
