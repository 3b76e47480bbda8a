#include <algorithm>

#include "common/progress.hpp"
#include "common/read_file.hpp"
#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

constexpr std::string_view kCleanFile = "job:\n  script: make\n";

TEST(Lint, TakesTheFileOfTheFolder) {
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml", kCleanFile);
  const Ran ran = run_in(folder.path(), {"lint"});
  EXPECT_EQ(ran.code, Exit::ok) << ran.out << ran.err;
  EXPECT_EQ(ran.out, "no findings in 1 file: GitLab accepts it\n");
}

TEST(Lint, SettingsGiveChecksTheirLevels) {
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml", "job:\n  script: make\n  rules: [{if: $CI_COMIT_TAG}]\n");
  const auto code = [&](std::string_view settings) {
    folder.write(".willrun.yml", settings);
    return run_in(folder.path(), {"lint"});
  };
  EXPECT_NE(code("").out.find("warning[WR604 variable-misspelt]"), std::string::npos);
  EXPECT_NE(code("lint: {WR604: error}\n").out.find("error[WR604"), std::string::npos);
  EXPECT_EQ(code("lint: {all: off}\n").code, Exit::ok);
  EXPECT_NE(code("lint: {all: off, variable-misspelt: note}\n").out.find("note[WR604"), std::string::npos);
  EXPECT_NE(code("lint: {variable-mispelt: off}\n").err.find("did you mean `variable-misspelt`?"), std::string::npos);
  EXPECT_NE(code("lint: {WR604: loud}\n").err.find("takes error, warning, note or off"), std::string::npos);
  EXPECT_EQ(run_in(folder.path(), {"lint", "--only-gitlab"}).code, Exit::failed);
}

TEST(Lint, SilencesGitLabsOwnWarningOfTwoPipelines) {
  const tools::ScratchFolder folder;
  const std::string job = "  script: x\n  rules: [{when: always}]\n";
  const auto told = [&](const std::string& settings, const std::string& text) {
    folder.write(".willrun.yml", settings);
    folder.write(".gitlab-ci.yml", text);
    return run_in(folder.path(), {"lint"}).out;
  };
  EXPECT_NE(told("", "j:\n" + job).find("warning[WR407"), std::string::npos);
  EXPECT_NE(told("lint: {WR407: note}\n", "j:\n" + job).find("note[WR407"), std::string::npos);
  EXPECT_EQ(told("lint: {WR407: off}\n", "j:\n" + job).find("WR407"), std::string::npos);
  EXPECT_EQ(told("", "j:\n  script: x\n  # willrun: ignore WR407\n  rules: [{when: always}]\n").find("WR407"),
            std::string::npos);
}

TEST(Lint, MendsWhatIsSafe) {
  const tools::ScratchFolder folder;
  const std::string text = "variables:\n  A: 0644  # mode\n  B: yes\njob:\n  script: make\n";
  folder.write(".gitlab-ci.yml", text);
  EXPECT_EQ(run_in(folder.path(), {"lint", "--fix"}).code, Exit::findings);
  EXPECT_EQ(tools::read_file(folder.path() / ".gitlab-ci.yml").text, text);
  const Ran ran = run_in(folder.path(), {"lint", "--fix", "--unsafe-fixes"});
  EXPECT_EQ(ran.code, Exit::ok) << ran.out;
  EXPECT_EQ(ran.err, "note: .gitlab-ci.yml: 2 findings mended\n");
  EXPECT_EQ(tools::read_file(folder.path() / ".gitlab-ci.yml").text,
            "variables:\n  A: \"0644\"  # mode\n  B: \"yes\"\njob:\n  script: make\n");
  EXPECT_EQ(run_in(folder.path(), {"lint", "--fix"}).err, "");
}

TEST(Lint, WritesWhatWasMeantWhenAskedTo) {
  const tools::ScratchFolder folder;
  const std::string text = "image: a\njob:\n  script: make\n  rules: [{if: '$CI_COMIT_TAG (== \"x\")'}]\n";
  const auto after = [&](std::vector<std::string> arguments) {
    folder.write(".gitlab-ci.yml", text);
    const Ran ran = run_in(folder.path(), std::move(arguments));
    return ran.err + tools::read_file(folder.path() / ".gitlab-ci.yml").text;
  };
  EXPECT_EQ(after({"lint"}), text);
  EXPECT_EQ(after({"lint", "--fix"}),
            "note: .gitlab-ci.yml: 2 findings mended\n"
            "default:\n  image: a\njob:\n  script: make\n  rules: [{if: '$CI_COMIT_TAG == \"x\"'}]\n");
  EXPECT_EQ(after({"lint", "--fix", "--unsafe-fixes"}),
            "note: .gitlab-ci.yml: 3 findings mended\n"
            "default:\n  image: a\njob:\n  script: make\n  rules: [{if: '$CI_COMMIT_TAG == \"x\"'}]\n");
  EXPECT_EQ(run_in(folder.path(), {"lint", "--unsafe-fixes"}).code, Exit::usage);
}

TEST(Lint, ShowsHowFarItIs) {
  const tools::ScratchFolder folder;
  folder.write("a.yml", kCleanFile);
  folder.write("b.yml", kCleanFile);
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  std::chrono::steady_clock::time_point now;
  tools::Progress progress(err, true, 80, [&] { return now += std::chrono::milliseconds(900); });
  const std::vector<std::string> arguments = {"lint", "a.yml", "b.yml"};
  run({.arguments = arguments, .in = in, .out = out, .err = err, .directory = folder.path(), .progress = &progress});
  EXPECT_EQ(err.str(), "\rlint: 2 of 2 files: b.yml\x1b[K\r\x1b[K");
}

TEST(Lint, AsksShellCheck) {
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml",
               "default:\n  before_script:\n    - for x in a; do\njob:\n  script:\n    - echo $x; done\n"
               "bad:\n  before_script: []\n  script:\n    - make\n    - |\n      echo a\n      case $x in\n");
  const Ran ran = run_in(folder.path(), {"lint", "--shellcheck"});
  EXPECT_EQ(ran.code, Exit::findings) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("[WR623 shell-syntax]"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find(".gitlab-ci.yml:11:7"), std::string::npos) << ran.out;
  EXPECT_EQ(run_in(folder.path(), {"lint"}).code, Exit::ok);
}

// ShellCheck knows shells of Unix only.
TEST(Lint, LeavesScriptsOfWindowsAlone) {
  const tools::ScratchFolder folder;
  const auto findings = [&](std::string_view job) {
    folder.write(".gitlab-ci.yml", job);
    const std::string out = run_in(folder.path(), {"lint", "--shellcheck", "--format", "short"}).out;
    return std::ranges::count(out, '\n');
  };
  const std::string_view wrong = "if ($x) { exit 1 }";
  const auto job = [&](std::string_view more, std::string_view first = "echo a") {
    return "j:\n  script:\n    - " + std::string(first) + "\n    - " + std::string(wrong) + "\n" + std::string(more);
  };
  EXPECT_EQ(findings(job("")), 1);
  EXPECT_EQ(findings(job("  tags: [docker, linux]\n  image: alpine\n")), 1);
  EXPECT_EQ(findings(job("", "date +%Y%m%d; curl -Lo x; git-lfs; docker-compose --No-Ansi")), 1);
  EXPECT_EQ(findings(job("  tags: [saas-windows-medium-amd64]\n")), 0);
  EXPECT_EQ(findings(job("  image: {name: mcr.microsoft.com/powershell}\n")), 0);
  EXPECT_EQ(findings(job("default: {tags: [windows]}\n")), 0);
  for (const char* first :
       {"echo $env:PATH", "Get-ChildItem -Path .", "$x = Join-Path a b", "echo %PATH%", "if exist build rmdir build"})
    EXPECT_EQ(findings(job("", first)), 0) << first;
}

TEST(Lint, ListsItsChecks) {
  const tools::ScratchFolder folder;
  const std::string out = run_in(folder.path(), {"lint", "--list-checks"}).out;
  EXPECT_NE(out.find("WR604  warning  variable-misspelt: "), std::string::npos) << out;
  EXPECT_EQ(out.find("WR101"), std::string::npos);
}

TEST(Lint, DoesNotJudgeWhatItCannotReach) {
  const tools::ScratchFolder folder;
  const auto lint = [&](std::string_view text, std::vector<std::string> more = {}) {
    folder.write(".gitlab-ci.yml", text);
    more.insert(more.begin(), {"lint", "--format", "short", "--offline"});
    return run_in(folder.path(), more);
  };
  const std::string include = "include: [{template: Jobs/SAST.gitlab-ci.yml}, {project: group/ci, file: a.yml}]\n";
  const std::string missing =
      ".gitlab-ci.yml:1:11: warning[WR304 file-missing]: `Jobs/SAST.gitlab-ci.yml` is not at hand here "
      "(docs/settings.md says how other projects are found); what it brings is not checked\n"
      ".gitlab-ci.yml:1:74: warning[WR304 file-missing]: `a.yml` of `group/ci` is not at hand here "
      "(docs/settings.md says how other projects are found); what it brings is not checked\n";
  const Ran sound = lint(include + "job: {script: x, rules: [{if: $CI_COMIT_TAG}]}\n");
  EXPECT_EQ(sound.code, Exit::findings);
  EXPECT_TRUE(sound.out.starts_with(missing)) << sound.out;
  EXPECT_NE(sound.out.find("warning[WR604 variable-misspelt]"), std::string::npos) << sound.out;
  for (const std::string_view jobs :
       {"job: {extends: .there}\n", "job: {script: x, needs: [there]}\n", "job: {script: x, stage: there}\n", ""})
    EXPECT_EQ(lint(include + std::string(jobs)).out, missing) << jobs;
  // Neither are the inputs and the integrity of a file that is not there.
  const Ran given = lint(
      "include: {project: group/ci, file: a.yml, inputs: {to: x}}\n"
      "job: {script: x, rules: [{if: $CI_COMIT_TAG}]}\n");
  EXPECT_NE(given.out.find("warning[WR604 variable-misspelt]"), std::string::npos) << given.out;
  const Ran whole = lint("include: {remote: 'https://x.test/a.yml', integrity: 'sha256-" + std::string(43, 'a') +
                         "='}\njob: {script: x, rules: [{if: $CI_COMIT_TAG}]}\n");
  EXPECT_NE(whole.out.find("warning[WR604 variable-misspelt]"), std::string::npos) << whole.out;
  const Ran wrong = lint("include: [{template: A.gitlab-ci.yml}, {local: none.yml}]\njob: {script: x}\n");
  EXPECT_NE(wrong.out.find("error[WR304 file-missing]: Local file `none.yml` does not exist!"), std::string::npos)
      << wrong.out;
  EXPECT_NE(lint(include, {"--only-gitlab"}).out.find("error[WR304"), std::string::npos);
  const std::string text = run_in(folder.path(), {"lint"}).out;
  EXPECT_TRUE(text.ends_with("2 warnings in 1 file: not checked whole, GitLab's verdict is unknown\n")) << text;
  EXPECT_NE(run_in(folder.path(), {"lint", "--json"}).out.find("\"valid\": null"), std::string::npos);
}

TEST(Lint, ReadsStandardInput) {
  const tools::ScratchFolder folder;
  const Ran ran = run_in(folder.path(), {"lint", "-"}, "job: {}\n");
  EXPECT_EQ(ran.code, Exit::findings);
  EXPECT_NE(ran.out.find("--> <stdin>:1:"), std::string::npos) << ran.out;
}

TEST(Lint, DoesNotFixStandardInput) {
  const tools::ScratchFolder folder;
  const Ran ran = run_in(folder.path(), {"lint", "-", "--fix"}, std::string(kCleanFile));
  EXPECT_EQ(ran.code, Exit::usage);
  EXPECT_EQ(ran.err,
            "error: lint: --fix changes files on disk, and - reads standard input\nTry `willrun lint --help`.\n");
}

TEST(Lint, GoesOnBehindAFileThatCannotBeRead) {
  const tools::ScratchFolder folder;
  folder.write("good.yml", kCleanFile);
  folder.write("bad.yml", "job: [\n");
  folder.write("big.yml", "");
  std::filesystem::resize_file(folder.path() / "big.yml", 100U << 20U);
  const Ran ran = run_in(folder.path(), {"lint", "none.yml", "good.yml", ".", "bad.yml", "big.yml"});
  EXPECT_EQ(ran.code, Exit::failed);
  EXPECT_EQ(ran.err,
            "error: none.yml: no such file\n"
            "error: .: it is a directory\n"
            "error: big.yml: it has 100 MiB, more than the 16 MiB that are read (GitLab's limit is 2 MiB)\n");
  EXPECT_TRUE(ran.out.ends_with("1 error in 2 files: GitLab refuses 1 of them; 3 files could not be read\n"))
      << ran.out;
}

TEST(Lint, NamesFilesAsTheUserSeesThem) {
  const tools::ScratchFolder folder;
  folder.write("repo/.git/HEAD", "");
  folder.write("repo/ci/bad.yml", "job: [\n");
  EXPECT_NE(run_in(folder.path() / "repo" / "ci", {"lint", "bad.yml"}).out.find("--> bad.yml:"), std::string::npos);
  EXPECT_NE(run_in(folder.path(), {"lint", "repo/ci/bad.yml"}).out.find("--> repo/ci/bad.yml:"), std::string::npos);
}

TEST(Lint, SaysWhichReaderReadTheText) {
  const tools::ScratchFolder folder;
  folder.write("plain.yml", kCleanFile);
  folder.write("odd.yml", "job:\n  script: ! make\n");
  const std::string_view set_aside = "by yaml-cpp, then by libyaml, which reads it otherwise\n";
  const Ran plain = run_in(folder.path(), {"lint", "-v", "plain.yml"});
  EXPECT_TRUE(plain.err.ends_with("ms by yaml-cpp\n")) << plain.err;
  const Ran odd = run_in(folder.path(), {"lint", "-v", "odd.yml"});
  EXPECT_TRUE(odd.err.ends_with(set_aside)) << odd.err;
}

TEST(Lint, TellsOfInputRulesThatLeadNowhere) {
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml",
               "spec:\n  inputs:\n    a:\n      rules:\n        - if: $[[ inputs.b ]] == 'x'\n          default: y\n"
               "        - default: z\n---\njob:\n  script: echo $[[ inputs.a ]]\n");
  const Ran ran = run_in(folder.path(), {"lint"});
  EXPECT_EQ(ran.code, Exit::findings);
  EXPECT_NE(ran.out.find("warning[WR208 input-rule-graph]"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("no input is declared as `b`"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("GitLab accepts it"), std::string::npos) << ran.out;
}

TEST(Lint, ObeysQuietAndColour) {
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml", kCleanFile);
  EXPECT_EQ(run_in(folder.path(), {"lint", "-q"}).out, "");
  EXPECT_EQ(run_in(folder.path(), {"lint", "--color=always"}).out,
            "\x1b[1;32mno findings\x1b[0m in 1 file: GitLab accepts it\n");
}

// Texts that no configuration is: each gets an answer, none a crash.
TEST(Lint, SurvivesOddTexts) {
  const tools::ScratchFolder folder;
  const std::vector<std::string> texts = {"",
                                          std::string("a: \0b\n", 6),
                                          "a: \xff\n",
                                          "\xEF\xBB\xBF",
                                          "---\n",
                                          "- a\n",
                                          std::string(100'000, '['),
                                          std::string(3'000'000, 'a')};
  for (const std::string& text : texts) {
    folder.write("odd.yml", text);
    const Ran ran = run_in(folder.path(), {"lint", "odd.yml"});
    EXPECT_EQ(ran.code, Exit::findings) << text.substr(0, 20);
    EXPECT_NE(ran.out.find("error["), std::string::npos) << text.substr(0, 20);
    EXPECT_LT(ran.out.size(), 5'000U) << text.substr(0, 20);
  }
}

}  // namespace
}  // namespace willrun::cli
