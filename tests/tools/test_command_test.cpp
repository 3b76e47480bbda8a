#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "common/read_file.hpp"

#include "tools/git_folder.hpp"
#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

constexpr std::string_view kTestedConfiguration =
    "spec: {inputs: {target: {default: dev, options: [dev, prod]}}}\n---\n"
    "build: {script: x}\n"
    "deploy $[[ inputs.target ]]: {script: x, rules: [{if: $FROZEN, when: never}, {if: $CI_COMMIT_BRANCH}]}\n"
    "list: {script: x, rules: [{exists: [only.txt]}]}\n";

class TestCommand : public testing::Test {
 protected:
  TestCommand() { folder_.write(".gitlab-ci.yml", kTestedConfiguration); }
  Ran run(std::string_view scenarios, std::vector<std::string> arguments = {}) {
    folder_.write("willrun-tests.yml", scenarios);
    arguments.insert(arguments.begin(), "test");
    return run_in(folder_.path(), arguments);
  }
  tools::ScratchFolder folder_;
};

constexpr std::string_view kTwo =
    "scenarios:\n"
    "  - {name: passes, expect: {jobs: [build, deploy dev]}}\n"
    "  - {name: fails, given: {inputs: {target: prod}}, expect: {absent: [deploy *]}}\n";

TEST_F(TestCommand, SaysWhatDiffersAndWhy) {
  const Ran ran = run(kTwo);
  EXPECT_EQ(ran.code, Exit::findings);
  EXPECT_EQ(ran.out,
            "ok    passes\n"
            "FAIL  fails (willrun-tests.yml:3:12)\n"
            "      deploy prod is not expected: rule 2 (.gitlab-ci.yml:4:78), if: $CI_COMMIT_BRANCH\n"
            "\n2 scenarios: 1 passed, 1 failed; 1 of 3 rules matched (33%), 2 of 3 jobs ran\n");
  EXPECT_EQ(run(kTwo, {"--quiet"}).out,
            "FAIL  fails (willrun-tests.yml:3:12)\n"
            "      deploy prod is not expected: rule 2 (.gitlab-ci.yml:4:78), if: $CI_COMMIT_BRANCH\n");
  EXPECT_EQ(run(kTwo, {"--only", "pass*"}).code, Exit::ok);
  EXPECT_NE(run(kTwo, {"--colour", "always"}).out.find("\x1b[1;31mFAIL\x1b[0m"), std::string::npos);
}

TEST_F(TestCommand, SaysWhatWouldLetItIn) {
  folder_.write(".gitlab-ci.yml",
                "workflow: {rules: [{if: $CI_COMMIT_BRANCH == \"main\"}]}\n"
                "a: {script: x}\nb: {script: x, rules: [{if: $B}]}\n");
  EXPECT_EQ(
      run("scenarios:\n- {name: one, expect: {present: [b]}}\n- {name: two, given: {branch: x}, expect: {}}\n",
          {"--quiet"})
          .out,
      "FAIL  one (willrun-tests.yml:2:10)\n"
      "      b is missing: none of its rules matched (.gitlab-ci.yml:3:1); it would run by rule 1 if $B were set\n"
      "FAIL  two (willrun-tests.yml:3:10)\n"
      "      created\n"
      "        expected: a pipeline\n"
      "        found:    The pipeline did not run. Review the workflow:rules configuration for the pipeline.\n"
      "        there would be a pipeline by rule 1 if $CI_COMMIT_BRANCH were \"main\"\n");
}

// As `explain` does: a long value would hide what else would have to differ.
TEST_F(TestCommand, CutsLongWaysIn) {
  const std::string value(200, 'x');
  folder_.write(".gitlab-ci.yml", "a: {script: x}\nb: {script: x, rules: [{if: $B == \"" + value + "\" && $C}]}\n");
  const std::string out = run("scenarios: [{name: one, expect: {present: [b]}}]\n").out;
  EXPECT_NE(out.find("; it would run by rule 1 if $B were \"xxx"), std::string::npos) << out;
  EXPECT_NE(out.find("x…, and $C were set\n"), std::string::npos) << out;
  EXPECT_EQ(out.find(value), std::string::npos) << out;
}

TEST_F(TestCommand, Coverage) {
  const Ran ran = run(kTwo, {"--coverage", "--only", "passes"});
  EXPECT_EQ(ran.out,
            "ok    passes\n"
            "\nrules that no scenario matched\n"
            "  deploy dev: rule 1 (.gitlab-ci.yml:4:50), if: $FROZEN\n"
            "  list: rule 1 (.gitlab-ci.yml:5:27)\n"
            "\njobs that no scenario ran\n"
            "  list (.gitlab-ci.yml:5:1)\n"
            "\n1 scenario: 1 passed, 0 failed; 1 of 3 rules matched (33%), 2 of 3 jobs ran\n");
  EXPECT_EQ(run(kTwo, {"--only", "passes", "--min-coverage", "33"}).code, Exit::ok);
  const Ran low = run(kTwo, {"--only", "passes", "--min-coverage", "34"});
  EXPECT_EQ(low.code, Exit::findings);
  EXPECT_EQ(low.err, "error: --min-coverage: 33% of the rules were matched, 34% are asked for\n");
  EXPECT_EQ(run(kTwo, {"--min-coverage", "101"}).code, Exit::usage);
  EXPECT_EQ(run(kTwo, {"--min-coverage", "-1"}).code, Exit::usage);
}

// Rules of instances are one rule, and so is one that several configurations have.
TEST_F(TestCommand, CoverageCountsPlaces) {
  folder_.write(".gitlab-ci.yml",
                "include: [{local: more.yml, rules: [{if: $MORE}]}]\n"
                "workflow: {rules: [{if: $NEVER, when: never}, {when: always}]}\n"
                "a: {script: x, parallel: 3, rules: [{if: $A}, {when: manual}]}\n");
  folder_.write("more.yml", "b: {script: x, rules: [{if: $B}]}\n");
  const std::string_view scenarios =
      "scenarios:\n  - {name: a, expect: {present: ['a *']}}\n"
      "  - {name: b, given: {variables: {MORE: '1', B: '1'}}, expect: {present: [b]}}\n"
      "  - {name: c, given: {variables: {NEVER: '1'}}, expect: {created: false}}\n";
  const Ran ran = run(scenarios);
  EXPECT_NE(ran.out.find("4 of 5 rules matched (80%), 2 of 2 jobs ran"), std::string::npos) << ran.out << ran.err;
}

// Once for all scenarios with the same inputs; for each scenario where an include may depend on more.
TEST_F(TestCommand, LoadsWhatDiffers) {
  const std::string_view three =
      "scenarios: [{name: a, expect: {}}, {name: b, expect: {}}, {name: c, given: {inputs: {target: prod}}, expect: "
      "{}}]\n";
  EXPECT_EQ(run(three, {"-v"}).err, "note: 2 configurations loaded for 3 scenarios\n");
  folder_.write(".gitlab-ci.yml", "include: [{local: no.yml, rules: [{if: $NO}]}]\na: {script: x}\n");
  EXPECT_EQ(run("scenarios: [{name: a, expect: {}}, {name: b, expect: {}}]\n", {"-v"}).err,
            "note: 2 configurations loaded for 2 scenarios\n");
}

TEST_F(TestCommand, OtherFormats) {
  const auto json = nlohmann::json::parse(run(kTwo, {"--json"}).out);
  EXPECT_EQ(json.at("failed"), 1);
  const auto& difference = json.at("scenarios")[1].at("differences")[0];
  EXPECT_EQ(difference.at("kind"), "unexpected");
  EXPECT_EQ(difference.at("rule").at("number"), 2);
  EXPECT_EQ(difference.at("place").at("line"), 3);
  EXPECT_EQ(json.at("coverage").at("percent"), 33);
  EXPECT_EQ(json.at("coverage").at("never_run")[0].at("job"), "list");
  EXPECT_EQ(run(kTwo, {"--format", "junit"}).out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"willrun test\">\n"
            "  <testsuite name=\"willrun-tests.yml\" tests=\"2\" failures=\"1\" errors=\"0\">\n"
            "    <testcase classname=\"willrun-tests.yml\" name=\"passes\"/>\n"
            "    <testcase classname=\"willrun-tests.yml\" name=\"fails\">\n"
            "      <failure message=\"deploy prod is not expected: rule 2 (.gitlab-ci.yml:4:78), if: "
            "$CI_COMMIT_BRANCH\" type=\"scenario\">willrun-tests.yml:3:12&#10;deploy prod is not expected: rule 2 "
            "(.gitlab-ci.yml:4:78), if: $CI_COMMIT_BRANCH</failure>\n"
            "    </testcase>\n  </testsuite>\n</testsuites>\n");
  EXPECT_EQ(run(kTwo, {"--format", "xml"}).code, Exit::usage);
}

TEST_F(TestCommand, NamesThatCouldNeverBeThere) {
  const Ran ran =
      run("scenarios: [{name: a, expect: {absent: [biuld, deploy prod]}},\n  {name: b, given: {inputs: {target: "
          "prod}}}]\n");
  EXPECT_EQ(ran.code, Exit::failed);
  EXPECT_EQ(ran.err,
            "error[WR701 scenario-invalid]: there is no job `biuld` that could be absent\n"
            " --> willrun-tests.yml:1:41\n  |\n"
            "1 | scenarios: [{name: a, expect: {absent: [biuld, deploy prod]}},\n"
            "  |                                         ^~~~~\n"
            "  = help: did you mean `build`?\n");
}

TEST_F(TestCommand, WrongFilesAndOptions) {
  const Ran none = run_in(folder_.path(), {"test"});
  EXPECT_EQ(none.code, Exit::failed);
  EXPECT_EQ(none.err, "error: willrun-tests.yml: no such file\n");
  EXPECT_EQ(run("file: other.yml\nscenarios: [{name: a}]\n").err, "error: other.yml: no such file\n");
  EXPECT_EQ(run("scenarios: [{name: a}]\n", {"--only", "b*"}).code, Exit::usage);
  EXPECT_EQ(run("scenarios: [{nam: a}]\n").code, Exit::failed);
  const Ran refused = run("scenarios: [{name: a, given: {inputs: {target: prd}}, expect: {}}]\n");
  EXPECT_NE(refused.out.find("  at .gitlab-ci.yml:1:"), std::string::npos) << refused.out;
}

// What the page shows is what the golden file holds.
TEST(TestPage, ShowsWhatIsPrinted) {
  const std::filesystem::path root = WILLRUN_SOURCE_DIR;
  const std::string golden = tools::read_file(root / "tests/golden/test-failing.golden").text;
  const std::string head = "--- standard output\n";
  const std::string printed = golden.substr(golden.find(head) + head.size());
  EXPECT_NE(tools::read_file(root / "docs/testing.md").text.find("```\n" + printed + "```\n"), std::string::npos);
}

// Neither the branch that is checked out nor files that git ignores have a say.
TEST_F(TestCommand, DependsOnFilesOfTheRepositoryOnly) {
  const tools::GitFolder git(folder_.path() / "repository");
  git.commit(".gitlab-ci.yml", kTestedConfiguration);
  git.commit(".gitignore", "only.txt\n");
  git.commit("sub/willrun-tests.yml", "scenarios: []\n");
  git.commit("willrun-tests.yml", "scenarios: [{name: a, expect: {jobs: [build, deploy dev]}}]\n");
  folder_.write("repository/only.txt", "");
  git.run("checkout -q -b other");
  Ran ran = run_in(git.path(), {"test"});
  EXPECT_EQ(ran.code, Exit::ok) << ran.out << ran.err;
  EXPECT_EQ(run_in(git.path() / "sub", {"test"}).code, Exit::ok);
  folder_.write("repository/.gitignore", "");
  ran = run_in(git.path(), {"test"});
  EXPECT_NE(ran.out.find("list is not expected: rule 1"), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace willrun::cli
