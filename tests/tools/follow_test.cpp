#include <nlohmann/json.hpp>

#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

TEST(Follow, EvaluatesChildPipelines) {
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml",
               "variables: {A: root}\n"
               "child: {variables: {B: '$A'}, trigger: {include: ci/child.yml, inputs: {who: me}}}\n"
               "other: {trigger: group/$A}\n"
               "made: {stage: deploy, trigger: {include: [{artifact: x.yml, job: maker}]}}\n"
               "maker: {stage: build, script: x}\n");
  folder.write("ci/child.yml",
               "spec: {inputs: {who: {}}}\n---\n"
               "'for $[[ inputs.who ]]':\n  script: x\n  rules:\n"
               "    - if: $CI_PIPELINE_SOURCE == 'parent_pipeline' && $B == 'root' && $CI_UPSTREAM_PIPELINE_ID\n");
  const Ran ran = run_in(folder.path(), {"dry-run", "--follow"});
  EXPECT_EQ(ran.code, Exit::ok) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("downstream of child\nstatus: created, 1 job"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("for me"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("downstream of other: starts a pipeline of project group/root\n"), std::string::npos);
  EXPECT_NE(ran.out.find("downstream of made: its files are made by another job\n"), std::string::npos);
}

TEST(Follow, GivesChildPipelinesAsJson) {
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml", "child: {trigger: {include: child.yml}}\nother: {trigger: group/a}\n");
  folder.write("child.yml", "inner: {script: x}\n");
  const auto json = nlohmann::json::parse(run_in(folder.path(), {"dry-run", "--follow", "--json"}).out);
  EXPECT_EQ(json.at("downstream").at(0).at("job"), "child");
  EXPECT_EQ(json.at("downstream").at(0).at("pipeline").at("jobs").at(0).at("name"), "inner");
  EXPECT_EQ(json.at("downstream").at(1).at("note"), "starts a pipeline of project group/a");
  EXPECT_TRUE(json.at("downstream").at(1).at("pipeline").is_null());
}

}  // namespace
}  // namespace willrun::cli
