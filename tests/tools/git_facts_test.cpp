// Facts of real repositories, which git itself makes; changed files are those that `git diff` lists.
#include "common/git_facts.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "common/read_file.hpp"
#include "tools/git_folder.hpp"
#include "tools/run_command.hpp"

namespace willrun::tools {
namespace {

using Paths = std::vector<std::string>;

// What a git command prints, by lines.
Paths lines_of(const GitFolder& git, const std::string& arguments) {
  git.run(arguments + " > '" + (git.path() / ".git" / "printed").string() + "'");
  std::istringstream printed(read_file(git.path() / ".git" / "printed").text);
  Paths lines;
  for (std::string line; std::getline(printed, line);) lines.push_back(line);
  return lines;
}

Trigger facts(const std::filesystem::path& path, Trigger trigger, Paths* notes = nullptr,
              const FactsOptions& options = {}) {
  Paths said;
  EXPECT_EQ(add_git_facts(*GitRepository::open(path), trigger, options, said), "");
  if (notes != nullptr) *notes = said;
  return trigger;
}

// A repository with a branch and its origin, two commits apart.
struct Work {
  ScratchFolder folder;
  GitFolder git{folder.path() / "work"};

  Work() {
    git.commit("kept.txt", "kept\n");
    git.commit("old name.txt", "one\ntwo\nthree\nfour\n");
    git.run("clone -q --bare . ../origin.git");
    git.run("remote add origin ../origin.git");
    git.run("fetch -q origin");
    git.run("mv 'old name.txt' 'new name.txt'");
    git.commit("src/added.c", "int a;\n");
    git.run("rm -q kept.txt");
    git.commit("src/added.c", "int b;\n");
  }
};

TEST(GitFacts, ListWhatAPushChanges) {
  const Work work;
  const Trigger push = facts(work.git.path(), Trigger::push("main"));
  EXPECT_EQ(push.changed_files, lines_of(work.git, "diff --name-only -M origin/main main"));
  EXPECT_EQ(push.changed_files, (Paths{"kept.txt", "new name.txt", "src/added.c"}));
  EXPECT_EQ(push.before_sha, lines_of(work.git, "rev-parse origin/main").front());
  EXPECT_EQ(push.sha, lines_of(work.git, "rev-parse HEAD").front());
  EXPECT_EQ(push.commit_message, "change\n");
  EXPECT_EQ(push.commit_author, "Dev <dev@example.com>");
  EXPECT_EQ(push.commit_timestamp, lines_of(work.git, "log -1 --format=%cI").front());
  EXPECT_TRUE(push.compares_changes());
}

TEST(GitFacts, TakeANewBranchForNew) {
  const Work work;
  work.git.run("checkout -q -b topic");
  const Trigger push = facts(work.git.path(), Trigger::push("topic"));
  EXPECT_EQ(push.before_sha, std::string(40, '0'));
  EXPECT_FALSE(push.compares_changes());
}

TEST(GitFacts, TakeTheLastCommitWhereOriginHasIt) {
  const Work work;
  work.git.run("push -q origin main");
  Paths notes;
  const Trigger push = facts(work.git.path(), Trigger::push("main"), &notes);
  EXPECT_EQ(push.changed_files, lines_of(work.git, "diff --name-only -M main~1 main"));
  EXPECT_EQ(notes.size(), 1U);
}

TEST(GitFacts, OfAPushAreThoseOfThePush) {
  const Work work;
  const std::string before = lines_of(work.git, "rev-parse main~1").front();
  const std::string sha = lines_of(work.git, "rev-parse main").front();
  FactsOptions options;
  options.pushed = PushedRef{sha, before};
  const Trigger push = facts(work.git.path(), Trigger::push("a-name-that-only-the-remote-has"), nullptr, options);
  EXPECT_EQ(push.sha, sha);
  EXPECT_EQ(push.before_sha, before);
  EXPECT_EQ(push.changed_files, lines_of(work.git, "diff --name-only -M main~1 main"));
  options.pushed->before = std::string(40, '0');
  EXPECT_FALSE(facts(work.git.path(), Trigger::push("main"), nullptr, options).compares_changes());
}

TEST(GitFacts, CompareMergeRequestsWithTheMergeBase) {
  const Work work;
  work.git.run("checkout -q -b topic origin/main");
  work.git.commit("topic.txt", "t\n");
  work.git.run("checkout -q main");
  const Trigger request = facts(work.git.path(), Trigger::by_merge_request("topic", "main"));
  EXPECT_EQ(request.changed_files, lines_of(work.git, "diff --name-only -M main...topic"));
  EXPECT_EQ(request.changed_files, Paths{"topic.txt"});
  EXPECT_EQ(request.compare_with("main"), lines_of(work.git, "diff --name-only -M main...topic"));
  EXPECT_EQ(request.compare_with("nowhere"), std::nullopt);
}

TEST(GitFacts, CountUncommittedFilesWhenAsked) {
  const Work work;
  std::ofstream(work.git.path() / "untracked.txt") << "u\n";
  FactsOptions options;
  options.worktree = true;
  const Trigger push = facts(work.git.path(), Trigger::push("main"), nullptr, options);
  EXPECT_EQ(push.changed_files, (Paths{"kept.txt", "new name.txt", "src/added.c", "untracked.txt"}));
}

TEST(GitFacts, TellTagsFromBranches) {
  const Work work;
  work.git.run("tag v1");
  work.git.run("tag -a v2 -m two");
  work.git.run("branch v1");
  const auto repository = GitRepository::open(work.git.path());
  EXPECT_EQ(repository->kind("main"), GitRef::branch);
  EXPECT_EQ(repository->kind("v2"), GitRef::tag);
  EXPECT_EQ(repository->kind("v1"), GitRef::ambiguous);
  EXPECT_EQ(repository->kind("none"), GitRef::unknown);
  EXPECT_EQ(facts(work.git.path(), Trigger::push_tag("v2")).sha, lines_of(work.git, "rev-parse v2^{commit}").front());
}

TEST(GitFacts, SayWhatAShallowCloneLeavesOut) {
  const Work work;
  work.git.run("push -q origin main");
  work.git.run("clone -q --depth 1 'file://" + (work.folder.path() / "origin.git").string() + "' ../shallow");
  const Trigger push = facts(work.folder.path() / "shallow", Trigger::push("main"));
  EXPECT_EQ(push.before_sha, std::string(40, '0'));
  EXPECT_EQ(GitRepository::open(work.folder.path() / "shallow")->default_branch(), "main");
}

TEST(GitFacts, CountASubmoduleAsOnePath) {
  const Work work;
  const GitFolder inner(work.folder.path() / "inner");
  inner.commit("a.txt", "a\n");
  work.git.run("-c protocol.file.allow=always submodule --quiet add '" + inner.path().string() + "' sub");
  work.git.run("commit -q -m sub");
  const Trigger push = facts(work.git.path(), Trigger::push("main"));
  EXPECT_EQ(push.changed_files, lines_of(work.git, "diff --name-only -M origin/main main"));
  const auto tree = GitRepository::open(work.git.path())->at("main");
  EXPECT_EQ(tree->list(), (Paths{".gitmodules", "new name.txt", "src/added.c"}));
}

TEST(GitFacts, OfAnEmptyRepositoryAreNone) {
  const ScratchFolder folder;
  const GitFolder git(folder.path());
  const auto repository = GitRepository::open(folder.path());
  EXPECT_EQ(repository->resolve("HEAD"), std::nullopt);
  EXPECT_EQ(repository->current_branch(), std::nullopt);
  folder.write(".gitlab-ci.yml", "j: {script: x}\n");
  EXPECT_EQ(cli::run_in(folder.path(), {"dry-run"}).code, cli::Exit::ok);
}

TEST(GitFacts, NameTheProject) {
  const auto named = [](std::string_view address) {
    const auto project = project_of(address);
    return project ? project->server_url + " " + project->path : std::string("none");
  };
  EXPECT_EQ(named("git@gitlab.com:group/sub/project.git"), "https://gitlab.com group/sub/project");
  EXPECT_EQ(named("https://token:x@gitlab.example.org/group/project.git"), "https://gitlab.example.org group/project");
  EXPECT_EQ(named("ssh://git@gitlab.com:2222/group/project"), "https://gitlab.com group/project");
  EXPECT_EQ(named("http://localhost:8080/g/p/"), "http://localhost:8080 g/p");
  EXPECT_EQ(named("../origin.git"), "none");
  EXPECT_EQ(named("/srv/git/p.git"), "none");
  EXPECT_EQ(named("file:///srv/git/p.git"), "none");
}

TEST(GitFacts, ProtectByPattern) {
  EXPECT_TRUE(is_protected({"main", "release/*"}, "release/1.2"));
  EXPECT_TRUE(is_protected({"*-stable"}, "v1-stable"));
  EXPECT_FALSE(is_protected({"main"}, "maintenance"));
}

TEST(DryRunInARepository, AnswersForWhatIsCommitted) {
  const Work work;
  work.git.commit(".gitlab-ci.yml",
                  "j: {script: x, rules: [{changes: [src/*]}]}\nk: {script: x, rules: [{changes: [other/*]}]}\n"
                  "m: {script: x, rules: [{if: '$CI_COMMIT_REF_PROTECTED == \"true\"'}]}\n");
  const auto ran = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "dry-run");
    return cli::run_in(work.git.path(), arguments);
  };
  const std::string pushed = ran({}).out;
  EXPECT_NE(pushed.find("created, 2 jobs"), std::string::npos) << pushed;
  std::filesystem::create_directories(work.git.path() / "other");
  std::ofstream(work.git.path() / "other" / "new.txt") << "n\n";
  EXPECT_NE(ran({"--worktree"}).out.find("created, 3 jobs"), std::string::npos);
  EXPECT_NE(ran({"--ref", "nowhere"}).out.find("Reference not found"), std::string::npos);
  work.git.run("tag main");
  EXPECT_NE(ran({"--ref", "main"}).out.find("Ref is ambiguous"), std::string::npos);
}

}  // namespace
}  // namespace willrun::tools
