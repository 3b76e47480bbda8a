// The pre-push hook, in real repositories and real pushes.
#include "tools/git_folder.hpp"
#include "tools/run_command.hpp"

#include "common/git.hpp"
#include "common/read_file.hpp"

namespace willrun::cli {
namespace {

namespace fs = std::filesystem;
using tools::GitFolder;

constexpr std::string_view kClean =
    "workflow: {rules: [{if: $CI_COMMIT_BRANCH}, {if: $CI_COMMIT_TAG}]}\n"
    "build:\n  script: make\ndocs:\n  script: make docs\n  rules: [{changes: [docs/*]}]\n";
constexpr std::string_view kWrong = "build: {script: make, sript: make}\n";
constexpr std::string_view kWarned = "build:\n  script: make\n  rules: [{if: $CI_COMIT_TAG}, {when: always}]\n";

std::string quoted(const fs::path& path) { return std::string("'").append(path.string()).append("'"); }

struct Answer {
  bool ok;
  std::string said;
};

// A repository with one commit and the bare one that it pushes to.
class Hook : public testing::Test {
 protected:
  Hook() {
    fs::create_directories(folder_.path() / "remote.git");
    git_.run("init -q --bare -b main " + quoted(folder_.path() / "remote.git"));
    git_.run("remote add origin " + quoted(folder_.path() / "remote.git"));
    git_.commit(".gitlab-ci.yml", kClean);
  }

  Ran install(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), "install-hook");
    return run_in(git_.path(), more);
  }

  // `git` with the program of this build on the PATH, or with none.
  Answer git(const std::string& arguments, const std::string& programs = std::string(WILLRUN_BIN) + ":$PATH") const {
    const fs::path said = folder_.path() / "said";
    const std::string command =
        "PATH=" + programs + " git -C " + quoted(git_.path()) + " " + arguments + " > " + quoted(said) + " 2>&1";
    const bool ok = std::system(command.c_str()) == 0;
    return {ok, tools::read_file(said).text};
  }

  void write_hook(const fs::path& path, const std::string& body) const {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << "#!/bin/sh\n" << body;
    fs::permissions(path, fs::perms::owner_all);
  }

  fs::path hook() const { return git_.path() / ".git" / "hooks" / "pre-push"; }
  fs::path kept() const { return git_.path() / ".git" / "hooks" / "pre-push.before-willrun"; }

  tools::ScratchFolder folder_;
  GitFolder git_{folder_.path() / "work"};
};

bool says(const Answer& answer, std::string_view text) { return answer.said.find(text) != std::string::npos; }

TEST_F(Hook, LetsAPushGoAndTellsItsPipeline) {
  EXPECT_EQ(install().out, "pre-push hook installed in " + hook().string() + "\n");
  Answer answer = git("push origin main");
  EXPECT_TRUE(answer.ok) << answer.said;
  EXPECT_TRUE(answer.said.starts_with("push main: 2 jobs\n")) << answer.said;
  git_.commit("readme", "x");
  answer = git("push origin main");
  EXPECT_TRUE(says(answer, "push main: 1 job\n")) << answer.said;
}

TEST_F(Hook, RefusesWhatGitLabWouldRefuse) {
  install();
  git_.commit(".gitlab-ci.yml", kWrong);
  folder_.write("work/.gitlab-ci.yml", kClean);  // what is on disk does not count
  const Answer answer = git("push origin main");
  EXPECT_FALSE(answer.ok);
  EXPECT_TRUE(says(answer, "error[WR")) << answer.said;
  EXPECT_TRUE(says(answer, "error: push main is refused: .gitlab-ci.yml of ")) << answer.said;
  EXPECT_TRUE(git("push --no-verify origin main").ok);
}

TEST_F(Hook, SaysWhenANeededJobIsGone) {
  git_.commit(".gitlab-ci.yml", "build:\n  script: make\ntest:\n  script: make test\n  needs: [build]\n");
  install();
  EXPECT_TRUE(git("push origin main").ok);
  git_.commit(".gitlab-ci.yml", "test:\n  script: make test\n  needs: [build]\n");
  const Answer gone = git("push origin main");
  EXPECT_FALSE(gone.ok);
  EXPECT_TRUE(says(gone, "build")) << gone.said;
  git_.commit(".gitlab-ci.yml",
              "build:\n  script: make\n  rules: [{if: $CI_COMMIT_TAG}]\n"
              "test:\n  script: make test\n  needs: [build]\n");
  const Answer left_out = git("push origin main");
  EXPECT_TRUE(left_out.ok);
  EXPECT_TRUE(says(left_out, ".gitlab-ci.yml:6:11: warning[WR613 need-removed]: ")) << left_out.said;
  EXPECT_TRUE(
      says(left_out, "warning: push main: no pipeline: 'test' job needs 'build' job, but 'build' does not exist"))
      << left_out.said;
  EXPECT_TRUE(says(left_out, "needs:optional")) << left_out.said;
  EXPECT_TRUE(says(left_out, "note: `willrun install-hook --strict` stops such a push\n")) << left_out.said;
  folder_.write("work/.willrun.yml", "lint: {WR613: off}\n");
  install({"--strict"});
  const Answer strict = git("push origin main:other");
  EXPECT_FALSE(strict.ok);
  EXPECT_TRUE(says(strict, "error: push other is refused: its pipeline would fail at once; ")) << strict.said;
}

TEST_F(Hook, PrintsWarningsAndStopsAtThemWhenStrict) {
  git_.commit(".gitlab-ci.yml", kWarned);
  install();
  Answer answer = git("push origin main:one");
  EXPECT_TRUE(answer.ok);
  EXPECT_TRUE(says(answer, ".gitlab-ci.yml:3:16: warning[WR604 variable-misspelt]: ")) << answer.said;
  EXPECT_EQ(install({"--strict"}).out, "pre-push hook changed in " + hook().string() + "\n");
  answer = git("push origin main:two");
  EXPECT_FALSE(answer.ok);
  EXPECT_TRUE(says(answer, " has errors or warnings;")) << answer.said;
}

TEST_F(Hook, KnowsBranchesTagsAndDeletions) {
  install();
  git_.run("tag v1");
  git_.run("tag -a -m annotated v2");
  git_.run("branch wrong");
  Answer answer = git("push origin main main:feature v1 v2");
  EXPECT_TRUE(answer.ok) << answer.said;
  for (const std::string_view line :
       {"push main: 2 jobs\n", "push feature: 2 jobs\n", "push tag v1: 2 jobs\n", "push tag v2: 2 jobs\n"})
    EXPECT_TRUE(says(answer, line)) << answer.said;
  git_.commit(".gitlab-ci.yml", kWrong);
  answer = git("push origin main wrong main:again");
  EXPECT_FALSE(answer.ok);
  EXPECT_TRUE(says(answer, "push main is refused")) << answer.said;
  EXPECT_TRUE(says(answer, "push again is refused")) << answer.said;
  EXPECT_TRUE(says(answer, "push wrong: 2 jobs\n")) << answer.said;
  EXPECT_EQ(answer.said.find("error[WR"), answer.said.rfind("error[WR")) << "one commit is judged once";
  EXPECT_TRUE(git("push origin :feature").ok);
}

TEST_F(Hook, PassesCommitsWithoutConfiguration) {
  install();
  git_.run("rm -q .gitlab-ci.yml");
  git_.commit("readme", "x");
  const Answer answer = git("push -q origin main");
  EXPECT_TRUE(answer.ok);
  EXPECT_EQ(answer.said, "");
}

TEST_F(Hook, KeepsTheHookThatWasThere) {
  write_hook(hook(), "echo \"kept: $*\"; cat; exit $(cat '" + (folder_.path() / "code").string() + "')\n");
  const std::string before = tools::read_file(hook()).text;
  folder_.write("code", "0");
  EXPECT_NE(install().out.find("; the hook that was there is kept as pre-push.before-willrun and runs first\n"),
            std::string::npos);
  EXPECT_EQ(install().out, "pre-push hook is installed already in " + hook().string() + "\n");
  Answer answer = git("push origin main");
  EXPECT_TRUE(answer.ok) << answer.said;
  EXPECT_TRUE(says(answer, "kept: origin ")) << answer.said;
  EXPECT_TRUE(says(answer, "refs/heads/main ")) << answer.said;
  EXPECT_TRUE(says(answer, "push main: 2 jobs\n")) << answer.said;
  folder_.write("code", "7");
  answer = git("push origin main:other");
  EXPECT_FALSE(answer.ok);
  EXPECT_FALSE(says(answer, "push other")) << answer.said;
  EXPECT_NE(install({"--uninstall"}).out.find("taken away from "), std::string::npos);
  EXPECT_EQ(tools::read_file(hook()).text, before);
  EXPECT_EQ(fs::status(hook()).permissions(), fs::perms::owner_all);
  EXPECT_FALSE(fs::exists(kept()));
}

TEST_F(Hook, ChangesNothingThatItDoesNotKnow) {
  install();
  write_hook(hook(), "# mine now\n");
  EXPECT_EQ(install({"--uninstall"}).err,
            "error: " + hook().string() + ": this hook is not as willrun wrote it, and is left alone\n");
  write_hook(kept(), "# older\n");
  EXPECT_EQ(install().err, "error: " + hook().string() +
                               ": this hook is not willrun's, and pre-push.before-willrun is there already: "
                               "move one of them away first\n");
  EXPECT_EQ(tools::read_file(hook()).text, "#!/bin/sh\n# mine now\n");
  EXPECT_EQ(tools::read_file(kept()).text, "#!/bin/sh\n# older\n");
}

TEST_F(Hook, LeavesNothingBehind) {
  EXPECT_EQ(install({"--uninstall"}).out, "pre-push hook is not installed in " + hook().string() + "\n");
  install();
  EXPECT_EQ(install({"--uninstall"}).out, "pre-push hook taken away from " + hook().string() + "\n");
  EXPECT_FALSE(fs::exists(hook()));
}

TEST_F(Hook, StandsWhereGitLooksForIt) {
  git_.run("config core.hooksPath .githooks");
  EXPECT_EQ(install().err, "");
  EXPECT_TRUE(fs::exists(git_.path() / ".githooks" / "pre-push"));
  EXPECT_TRUE(says(git("push origin main"), "push main: 2 jobs\n"));
}

TEST_F(Hook, SaysWhenTheFolderOfHooksServesOthers) {
  git_.run("config core.hooksPath " + quoted(folder_.path() / "hooks"));
  EXPECT_EQ(
      install().err,
      "note: core.hooksPath leads out of this repository: the hook serves every repository that uses this folder\n");
  EXPECT_TRUE(fs::exists(folder_.path() / "hooks" / "pre-push"));
}

TEST_F(Hook, SaysWhenItCannotBeWritten) {
  folder_.write("hooks", "a file");
  git_.run("config core.hooksPath " + quoted(folder_.path() / "hooks"));
  const Ran ran = install();
  EXPECT_EQ(ran.code, Exit::failed);
  EXPECT_TRUE(ran.err.ends_with("hooks/pre-push.willrun-draft: cannot be written\n")) << ran.err;
}

TEST_F(Hook, ServesAllWorktrees) {
  const fs::path other = folder_.path() / "other";
  git_.run("worktree add -q -b topic " + quoted(other));
  EXPECT_EQ(run_in(other, {"install-hook"}).code, Exit::ok);
  EXPECT_TRUE(fs::exists(hook()));
  const Answer answer = git("-C " + quoted(other) + " push origin topic");
  EXPECT_TRUE(says(answer, "push topic: 2 jobs\n")) << answer.said;
}

TEST_F(Hook, GoesNowhereElse) {
  const fs::path remote = folder_.path() / "remote.git";
  EXPECT_EQ(run_in(remote, {"install-hook"}).err,
            "error: " + remote.string() + " is a bare repository: nothing is pushed from it\n");
  EXPECT_EQ(run_in(folder_.path(), {"install-hook"}).err,
            "error: there is no git repository around " + folder_.path().string() + "\n");
}

TEST_F(Hook, LetsGoWithAWordWithoutTheProgram) {
  install();
  const Answer answer = git("push origin main", "/usr/bin:/bin");
  EXPECT_TRUE(answer.ok);
  EXPECT_TRUE(answer.said.starts_with("willrun is not on the PATH: this push is not checked\n")) << answer.said;
}

TEST_F(Hook, DoesNotRefuseWhatItCannotReach) {
  install();
  git_.commit(".gitlab-ci.yml", "include: [{project: group/templates, file: a.yml}]\n");
  const Answer answer = git("push origin main");
  EXPECT_TRUE(answer.ok);
  EXPECT_TRUE(says(answer, "note: push main is not checked: `group/templates` is out of reach")) << answer.said;
  git_.commit(".gitlab-ci.yml",
              "include: [{project: group/templates, file: a.yml, rules: [{if: $CI_PIPELINE_SOURCE == 'push'}]}]\n"
              "job: {script: make}\n");
  const Answer by_rule = git("push origin main");
  EXPECT_TRUE(by_rule.ok);
  EXPECT_TRUE(says(by_rule, "note: push main is not checked: `group/templates` is out of reach")) << by_rule.said;
}

TEST_F(Hook, GivesLevelsToWhatGitLabWarnsOf) {
  install({"--strict"});
  git_.commit(".gitlab-ci.yml", "job: {script: make, rules: [{when: always}]}\n");
  EXPECT_TRUE(says(git("push origin main"), "warning[WR407 many-pipelines]"));
  folder_.write("work/.willrun.yml", "lint: {many-pipelines: off}\n");
  const Answer off = git("push origin main");
  EXPECT_TRUE(off.ok);
  EXPECT_FALSE(says(off, "WR407")) << off.said;
  folder_.write("work/.willrun.yml", "lint: {many-pipelines: error}\n");
  git_.commit(".gitlab-ci.yml", "other: {script: make, rules: [{when: always}]}\n");
  EXPECT_TRUE(says(git("push origin main"), "error[WR407 many-pipelines]"));
  git_.commit(".gitlab-ci.yml", "# willrun: ignore WR407\nother: {script: make, rules: [{when: always}]}\n");
  EXPECT_TRUE(git("push origin main").ok);
}

TEST_F(Hook, SaysWhatItDoesNotKnow) {
  const std::string sha = *tools::GitRepository::open(git_.path())->resolve("HEAD");
  const std::string line = "refs/heads/main " + sha + " refs/heads/main " + std::string(40, 'b') + "\n";
  const Ran ran = run_in(git_.path(), {"pre-push", "origin", "/remote"}, line);
  EXPECT_EQ(ran.err,
            "note: push main: the changed files are not known: a commit is missing from this clone\n"
            "push main: 2 jobs\n");
  EXPECT_EQ(ran.out, "");
  const std::string note = "refs/notes/a " + sha + " refs/notes/a " + std::string(40, '0') + "\n";
  EXPECT_EQ(run_in(git_.path(), {"pre-push", "origin", "/remote"}, note).err, "");
}

TEST_F(Hook, GivesFactsOfTheRemote) {
  git_.commit(
      ".gitlab-ci.yml",
      "job: {script: x, rules: [{if: $CI_PROJECT_PATH == 'team/app' && $CI_COMMIT_REF_PROTECTED == 'false'}]}\n");
  const std::string sha = *tools::GitRepository::open(git_.path())->resolve("HEAD");
  const std::string line = "HEAD " + sha + " refs/heads/topic " + std::string(40, '0') + "\n";
  const std::string said = run_in(git_.path(), {"pre-push", "other", "git@gitlab.example.com:team/app.git"}, line).err;
  EXPECT_TRUE(said.ends_with("push topic: 1 job\n")) << said;
}

TEST(PrePush, ReadsWhatGitGives) {
  const tools::ScratchFolder folder;
  EXPECT_EQ(run_in(folder.path(), {"pre-push", "origin", "/remote"}).err,
            "note: this push is not checked: there is no git repository around " + folder.path().string() + "\n");
  EXPECT_EQ(run_in(folder.path(), {"pre-push"}, "refs/heads/main abc\n").err,
            "error: pre-push: line 1 of standard input is not what git gives a pre-push hook: LOCAL-REF SHA REMOTE-REF "
            "SHA\nTry `willrun pre-push --help`.\n");
}

}  // namespace
}  // namespace willrun::cli
