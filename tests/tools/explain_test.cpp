#include <nlohmann/json.hpp>

#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

constexpr std::string_view kExplainedConfiguration =
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
  Explain() { folder_.write(".gitlab-ci.yml", kExplainedConfiguration); }
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
            "workflow: rule 1 (.gitlab-ci.yml:1:20), if: $CI_PIPELINE_SOURCE != \"web\" -> always\n"
            "\nrules of job deploy:\n"
            "  no  rule 1 (.gitlab-ci.yml:6:7), if: $FROZEN\n"
            "        $FROZEN is not defined\n"
            "  no  rule 2 (.gitlab-ci.yml:8:7), if: $CI_COMMIT_BRANCH == \"main\" && ($STAGE == \"prod\" || $FORCE)\n"
            "        yes $CI_COMMIT_BRANCH == \"main\"\n"
            "        no  $STAGE == \"prod\"\n"
            "        no  $FORCE\n"
            "        $CI_COMMIT_BRANCH = \"main\" (predefined)\n"
            "        $STAGE = \"dev\" (file)\n"
            "        $FORCE is not defined\n"
            "  no  rule 3 (.gitlab-ci.yml:10:7), if: $TOKEN =~ /^zz/\n"
            "        $TOKEN is not defined\n"
            "\nit would run by rule 2 if $STAGE were \"prod\"\n"
            "no usual way to start a pipeline runs it\n");
}

TEST_F(Explain, StopsWhereARuleDecides) {
  const Ran ran = run({"deploy", "--ref", "main", "--var", "FORCE=1"});
  EXPECT_EQ(ran.code, Exit::ok);
  EXPECT_NE(ran.out.find("deploy is in the pipeline, when: manual\n"), std::string::npos) << ran.out;
  EXPECT_NE(
      ran.out.find(
          "        $FORCE = \"1\" (trigger)\n  -   rule 3 (.gitlab-ci.yml:10:7), if: $TOKEN =~ /^zz/: not reached\n"),
      std::string::npos)
      << ran.out;
  const Ran frozen = run({"deploy", "--var", "FROZEN=1"});
  EXPECT_NE(frozen.out.find("-> never\n"), std::string::npos) << frozen.out;
  EXPECT_NE(frozen.out.find("it would run by rule 2 if $STAGE were \"prod\", and $FROZEN were not set\n"),
            std::string::npos)
      << frozen.out;
}

TEST_F(Explain, OfWorkflowsAndPaths) {
  const Ran ran = run({"deploy", "--source", "web"});
  EXPECT_TRUE(ran.out.starts_with("no pipeline: The pipeline did not run.")) << ran.out;
  EXPECT_NE(ran.out.find("there would be a pipeline by rule 1 if $CI_PIPELINE_SOURCE were not \"web\"\n"),
            std::string::npos)
      << ran.out;
  const Ran docs = run({"docs", "--changed", "src/a"});
  EXPECT_NE(docs.out.find("        no  changes: none of docs/* matches a changed file\n"), std::string::npos)
      << docs.out;
  EXPECT_NE(docs.out.find("it would run by rule 1 if a path matched `changes` of rule 1\n"), std::string::npos)
      << docs.out;
  EXPECT_EQ(run({"plain"}).out.find("plain is in the pipeline, when: on_success: it has no rules\n"), 0u);
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

TEST_F(Explain, NamesNearJobsWhateverBecomesOfThePipeline) {
  EXPECT_NE(run({"deplyo", "--source", "web"}).err.find("did you mean `deploy`?"), std::string::npos);
}

TEST_F(Explain, OfIncludes) {
  folder_.write(".gitlab-ci.yml", "include: {local: extra.yml, rules: [{if: $EXTRA}]}\nplain: {script: x}\n");
  folder_.write("extra.yml", "more: {script: x}\n");
  EXPECT_EQ(run({}).out,
            "there would be a pipeline\n"
            "\nincludes with rules:\n"
            "  no  extra.yml (.gitlab-ci.yml:1:10)\n"
            "      no  rule 1 (.gitlab-ci.yml:1:37), if: $EXTRA\n"
            "            $EXTRA is not defined\n"
            "      it would be included by rule 1 if $EXTRA were set\n");
  EXPECT_NE(run({"more"}).err.find("there is no job `more`\nnot included by its rules: extra.yml\n"),
            std::string::npos);
  const Ran included = run({"more", "--var", "EXTRA=1"});
  EXPECT_EQ(included.code, Exit::ok) << included.err;
  EXPECT_EQ(nlohmann::json::parse(run({"--json"}).out).at("includes")[0].at("included"), false);
}

TEST_F(Explain, AsJson) {
  const auto json = nlohmann::json::parse(run({"deploy", "--ref", "main", "--json"}).out);
  EXPECT_EQ(json.at("in_pipeline"), false);
  EXPECT_EQ(json.at("rules").size(), 3u);
  EXPECT_EQ(json.at("way_in").at("differences")[0], "$STAGE were \"prod\"");
  EXPECT_EQ(json.at("way_in").at("rule"), 2);
  EXPECT_EQ(json.at("rules")[1].at("read")[1].at("level"), "file");
  EXPECT_EQ(json.at("rules")[1].at("condition"), false);
}

}  // namespace
}  // namespace willrun::cli
