#include <fstream>
#include <iterator>

#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

class GraphCommand : public testing::Test {
 protected:
  GraphCommand() {
    folder_.write(".gitlab-ci.yml",
                  "spec: {inputs: {env: {options: [dev, prod], default: dev}}}\n---\n"
                  "build: {script: x}\n"
                  "test: {script: x, needs: [build]}\n"
                  "deploy: {script: x, rules: [{if: $DEPLOY}]}\n");
  }
  Ran run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "graph");
    return run_in(folder_.path(), std::move(arguments));
  }
  std::string read(const std::string& name) {
    std::ifstream file(folder_.path() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  tools::ScratchFolder folder_;
};

TEST_F(GraphCommand, PrintsMermaidUnlessAskedOtherwise) {
  const Ran ran = run({"--ref", "main"});
  EXPECT_EQ(ran.code, Exit::ok);
  EXPECT_TRUE(ran.out.starts_with("flowchart LR\n  %% created, 2 jobs in 1 stage\n")) << ran.out;
  EXPECT_NE(ran.out.find("  job0 --> job1\n"), std::string::npos) << ran.out;
  EXPECT_TRUE(run({"--format", "svg"}).out.starts_with("<?xml"));
  EXPECT_TRUE(run({"--format", "html"}).out.starts_with("<!DOCTYPE html>"));
  EXPECT_TRUE(run({"--format", "dot"}).out.starts_with("digraph"));
}

TEST_F(GraphCommand, LeavesOutWhatIsLeftOut) {
  EXPECT_NE(run({}).out.find("deploy"), std::string::npos);
  EXPECT_EQ(run({"--no-left-out"}).out.find("deploy"), std::string::npos);
  EXPECT_EQ(run({"--no-left-out", "--format", "html"}).out.find("Left out"), std::string::npos);
  EXPECT_EQ(run({"--var", "DEPLOY=1"}).out.find("left out"), std::string::npos);
}

TEST_F(GraphCommand, WritesToAFile) {
  const std::string printed = run({"--format", "svg"}).out;
  const Ran ran = run({"--format", "svg", "-o", "pipeline.svg"});
  EXPECT_EQ(ran.code, Exit::ok);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(read("pipeline.svg"), printed);
  const Ran wrong = run({"-o", "no/such/folder.svg"});
  EXPECT_EQ(wrong.code, Exit::failed);
  EXPECT_EQ(wrong.err, "error: no/such/folder.svg cannot be written\n");
}

TEST_F(GraphCommand, SaysWhyThereIsNoPipeline) {
  for (const std::string format : {"mermaid", "svg", "html", "dot"}) {
    const Ran ran = run({"--format", format, "--input", "env=pord"});
    EXPECT_EQ(ran.code, Exit::findings);
    EXPECT_NE(ran.out.find("not created (config_error)"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("cannot be used because"), std::string::npos) << ran.out;
  }
  EXPECT_EQ(run({"--message", "[skip ci]"}).code, Exit::findings);
  EXPECT_NE(run({"--message", "[skip ci]"}).out.find("%% skipped\n"), std::string::npos);
}

TEST_F(GraphCommand, NamesNearFormats) {
  const Ran ran = run({"--format", "htlm"});
  EXPECT_EQ(ran.code, Exit::usage);
  EXPECT_EQ(ran.err,
            "error: graph: --format does not know `htlm`; did you mean `html`?\n"
            "Try `willrun graph --help`.\n");
  EXPECT_EQ(run({"--format", "pdf"}).code, Exit::usage);
  EXPECT_EQ(run({"--file", "gone.yml"}).code, Exit::failed);
}

}  // namespace
}  // namespace willrun::cli
