#include <nlohmann/json.hpp>

#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

constexpr std::string_view kConfiguration =
    "workflow: {rules: [{if: '$CI_PIPELINE_SOURCE != \"web\"'}]}\n"
    "variables: {STAGE: dev}\n"
    "deploy:\n  script: x\n  rules:\n"
    "    - if: $FROZEN\n      when: never\n"
    "    - if: $CI_COMMIT_BRANCH == \"main\" && ($STAGE == \"prod\" || $FORCE)\n      when: manual\n"
    "    - if: $TOKEN =~ /^zz/\n"
    "docs: {script: x, rules: [{changes: [docs/*]}]}\n"
    "plain: {script: x}\n";

class Explain : public testing::Test {
 protected:
  Explain() { folder_.write(".gitlab-ci.yml", kConfiguration); }
  Ran run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "explain");
    return run_in(folder_.path(), arguments);
  }
  tools::ScratchFolder folder_;
};

TEST_F(Explain, SaysWhatEachRuleReadAndWhatWouldDiffer) {
  const Ran ran = run({"deploy", "--ref", "main"});
  EXPECT_EQ(ran.code, Exit::findings);
  EXPECT_EQ(ran.out,
            "deploy is left out of the pipeline: no rule matched\n"
            "\nrules of workflow:\n"
            "  yes rule 1 (.gitlab-ci.yml:1:20), if: $CI_PIPELINE_SOURCE != \"web\" -> always\n"
            "        $CI_PIPELINE_SOURCE = \"push\" (predefined)\n"
            "\nrules of job deploy:\n"
            "  no  rule 1 (.gitlab-ci.yml:6:7), if: $FROZEN\n"
            "        $FROZEN is not defined\n"
            "  no  rule 2 (.gitlab-ci.yml:8:7), if: $CI_COMMIT_BRANCH == \"main\" && ($STAGE == \"prod\" || $FORCE)\n"
            "        $CI_COMMIT_BRANCH = \"main\" (predefined)\n"
            "        $STAGE = \"dev\" (file)\n"
            "        $FORCE is not defined\n"
            "  no  rule 3 (.gitlab-ci.yml:10:7), if: $TOKEN =~ /^zz/\n"
            "        $TOKEN is not defined\n"
            "\nrule 2 would hold if $STAGE were \"prod\"\n");
}

TEST_F(Explain, StopsWhereARuleDecides) {
  const Ran ran = run({"deploy", "--ref", "main", "--var", "FORCE=1"});
  EXPECT_EQ(ran.code, Exit::ok);
  EXPECT_NE(ran.out.find("deploy is in the pipeline, when: manual\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("        $FORCE = \"1\" (trigger)\n  1 more not reached\n"), std::string::npos) << ran.out;
  const Ran frozen = run({"deploy", "--var", "FROZEN=1"});
  EXPECT_NE(frozen.out.find("-> never\n"), std::string::npos) << frozen.out;
  EXPECT_NE(frozen.out.find("rule 1 would not hold if $FROZEN were not set\n"), std::string::npos) << frozen.out;
}

TEST_F(Explain, OfWorkflowsAndPaths) {
  const Ran ran = run({"deploy", "--source", "web"});
  EXPECT_TRUE(ran.out.starts_with("no pipeline: The pipeline did not run.")) << ran.out;
  EXPECT_NE(ran.out.find("rule 1 would hold if $CI_PIPELINE_SOURCE were not \"web\"\n"), std::string::npos) << ran.out;
  const Ran docs = run({"docs", "--changed", "src/a"});
  EXPECT_NE(docs.out.find("changes: no path matches"), std::string::npos) << docs.out;
  EXPECT_NE(docs.out.find("rule 1 would hold if a path matched its `changes`\n"), std::string::npos) << docs.out;
  EXPECT_EQ(run({"plain"}).code, Exit::ok);
  EXPECT_EQ(run({}).code, Exit::ok);
}

TEST_F(Explain, NamesNearJobsAndHidesMaskedValues) {
  EXPECT_NE(run({"deplyo"}).err.find("there is no job `deplyo`; did you mean `deploy`?"), std::string::npos);
  folder_.write("context.yml", "variables: {project: {TOKEN: {value: hush-hush, masked: true}}}\n");
  const Ran ran = run({"deploy", "--context", "context.yml"});
  EXPECT_EQ(ran.out.find("hush"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("$TOKEN = \"[MASKED]"), std::string::npos) << ran.out;
  EXPECT_EQ(run({"deploy", "--context", "context.yml", "--json"}).out.find("hush"), std::string::npos);
}

TEST_F(Explain, AsJson) {
  const auto json = nlohmann::json::parse(run({"deploy", "--ref", "main", "--json"}).out);
  EXPECT_EQ(json.at("in_pipeline"), false);
  EXPECT_EQ(json.at("rules").size(), 3u);
  EXPECT_EQ(json.at("rules")[1].at("differences")[0], "$STAGE were \"prod\"");
  EXPECT_EQ(json.at("rules")[1].at("read")[1].at("level"), "file");
  EXPECT_EQ(json.at("rules")[1].at("clauses").at("if"), false);
}

}  // namespace
}  // namespace willrun::cli
