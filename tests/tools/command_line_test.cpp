// What every command shares: help, versions, wrong usage.
#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

TEST(CommandLine, HelpsWithoutArguments) {
  const Ran ran = run_in(".", {});
  EXPECT_EQ(ran.code, Exit::usage);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(ran.err.starts_with("willrun: will it run?"));
}

TEST(CommandLine, TellsItsVersion) {
  const Ran ran = run_in(".", {"--version"});
  EXPECT_EQ(ran.code, Exit::ok);
  EXPECT_TRUE(ran.out.starts_with("willrun 0.")) << ran.out;
  EXPECT_TRUE(ran.out.ends_with(" (behaviour of GitLab 18.11)\n")) << ran.out;
}

struct WrongUsage {
  std::vector<std::string> arguments;
  std::string error;
};

TEST(CommandLine, AnswersWrongUsageWithAdvice) {
  const std::vector<WrongUsage> cases = {
      {{"lnit"}, "error: there is no command `lnit`; did you mean `lint`?\n"},
      {{"frobnicate"}, "error: there is no command `frobnicate`\n"},
      {{"--versoin"}, "error: there is no option `--versoin`\n"},
      {{"lint", "--jsn"},
       "error: lint: there is no option `--jsn`; did you mean `--json`?\nTry `willrun lint --help`.\n"},
      {{"lint", "--colour", "sometimes"},
       "error: lint: --colour does not know `sometimes`: it takes one of auto, always, never\n"
       "Try `willrun lint --help`.\n"},
      {{"lint", "--yaml-reader=libyml"},
       "error: lint: --yaml-reader does not know `libyml`; did you mean `libyaml`?\nTry `willrun lint --help`.\n"},
      {{"dry-run", "--source", "triger"},
       "error: dry-run: --source does not know `triger`; did you mean `trigger`?\nTry `willrun dry-run --help`.\n"},
      {{"dry-run", "--source", "parent"},
       "error: dry-run: --source does not know `parent`: it takes one of mr, push, merge_request_event, web, trigger, "
       "schedule, api, pipeline, webide, ondemand_dast_scan, ondemand_dast_validation, security_orchestration_policy, "
       "container_registry_push, duo_workflow, pipeline_execution_policy_schedule, "
       "dependency_management_security_update\nTry `willrun dry-run --help`.\n"},
      {{"dry-run", "surplus"}, "error: dry-run: unexpected argument `surplus`\nTry `willrun dry-run --help`.\n"},
      {{"dry-run", "--var", "A"},
       "error: dry-run: --var: `A` has no `=`; expected NAME=VALUE\nTry `willrun dry-run --help`.\n"},
      {{"dry-run", "--input", "a=1", "--input", "a=2"},
       "error: dry-run: --input: `a` is given twice\nTry `willrun dry-run --help`.\n"},
      {{"dry-run", "--ref", ""},
       "error: dry-run: --ref is empty; give a branch or, with --tag, a tag\nTry `willrun dry-run --help`.\n"},
      {{"eval"}, "error: eval: an expression is missing\nTry `willrun eval --help`.\n"},
      {{"dump", "--stage", "modl"},
       "error: dump: --stage does not know `modl`; did you mean `model`?\nTry `willrun dump --help`.\n"},
  };
  for (const WrongUsage& wrong : cases) {
    const Ran ran = run_in(".", wrong.arguments);
    EXPECT_EQ(ran.code, Exit::usage) << wrong.error;
    EXPECT_EQ(ran.err, wrong.error);
    EXPECT_EQ(ran.out, "");
  }
}

TEST(CommandLine, SaysWhenTheOutputIsLost) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  out.setstate(std::ios::badbit);
  EXPECT_EQ(run({.arguments = {"--version"}, .in = in, .out = out, .err = err}), Exit::failed);
  EXPECT_EQ(err.str(), "error: the output could not be written\n");
}

}  // namespace
}  // namespace willrun::cli
