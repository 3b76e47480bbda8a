// Refs of projects while they move, and plain folders.
#include "server/repositories.hpp"

#include <gtest/gtest.h>

#include "tools/git_folder.hpp"

namespace willrun::server {
namespace {

using Kind = ResolvedRef::Kind;

Project project_in(const std::filesystem::path& folder) {
  Project project;
  project.id = 1;
  project.path = "a/b";
  project.repository = folder;
  return project;
}

TEST(Repositories, SeeEveryMoveOfARef) {
  const tools::ScratchFolder folder;
  const tools::GitFolder git(folder.path() / "r");
  git.commit("a", "1");
  const ProjectRepository repository(project_in(git.path()));
  const std::string first = repository.resolve("main").sha;
  EXPECT_EQ(first.size(), 40U);
  EXPECT_EQ(repository.resolve("main").sha, first);
  git.commit("a", "2");
  const std::string second = repository.resolve("main").sha;
  EXPECT_NE(second, first);
  git.run("pack-refs --all");
  EXPECT_EQ(repository.resolve("main").sha, second);
  git.run("reset -q --hard " + first);
  EXPECT_EQ(repository.resolve("main").sha, first);
  git.run("tag main");
  EXPECT_EQ(repository.resolve("main").kind, Kind::ambiguous);
  git.run("tag -d main > /dev/null");
  EXPECT_EQ(repository.resolve("main").kind, Kind::branch);
  git.run("branch gone");
  EXPECT_EQ(repository.resolve("gone").kind, Kind::branch);
  git.run("branch -q -D gone");
  EXPECT_EQ(repository.resolve("gone").kind, Kind::unknown);
  git.run("symbolic-ref refs/heads/other refs/heads/main");
  EXPECT_EQ(repository.resolve("other").sha, first);
  git.commit("a", "3");
  EXPECT_EQ(repository.resolve("other").sha, repository.resolve("main").sha);
}

TEST(Repositories, KnowTheDefaultBranchBesideATagOfItsName) {
  const tools::ScratchFolder folder;
  const tools::GitFolder git(folder.path() / "r");
  git.commit("a", "1");
  git.run("tag main");
  git.commit("a", "2");
  const ProjectRepository repository(project_in(folder.path() / "r"));
  EXPECT_EQ(repository.resolve("main").kind, Kind::ambiguous);
  EXPECT_EQ(repository.default_commit(), repository.resolve("refs/heads/main").sha);
}

TEST(Repositories, TakeAPlainFolderAsItsDefaultBranch) {
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml", "a: {script: x}\n");
  const ProjectRepository repository(project_in(folder.path()));
  const ResolvedRef main = repository.resolve("main");
  EXPECT_EQ(main.kind, Kind::branch);
  EXPECT_EQ(repository.resolve("refs/heads/main").sha, main.sha);
  EXPECT_EQ(repository.resolve("other").kind, Kind::unknown);
  EXPECT_EQ(repository.default_commit(), main.sha);
  EXPECT_EQ(repository.compare("main", main.sha), std::vector<std::string>()) << "there is nothing else to differ from";
  EXPECT_EQ(repository.compare("other", main.sha), std::nullopt);
  folder.write("new", "x");
  EXPECT_NE(repository.resolve("main").sha, main.sha);
  EXPECT_EQ(repository.facts(repository.resolve("main").sha)->tree,
            (std::vector<std::string>{".gitlab-ci.yml", "new"}));
}

}  // namespace
}  // namespace willrun::server
