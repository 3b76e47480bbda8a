#include "common/repository.hpp"

#include "tools/scratch_folder.hpp"

namespace willrun::tools {
namespace {

TEST(Repository, IsFoundUpwards) {
  const ScratchFolder folder;
  folder.write("repo/.git/HEAD", "ref");
  folder.write("repo/sub/ci.yml", "");
  folder.write("loose/ci.yml", "");
  const auto root = folder.path() / "repo";
  EXPECT_EQ(repository_root(root / "sub"), root);
  EXPECT_EQ(repository_root(root), root);
  EXPECT_EQ(repository_root(folder.path() / "loose"), std::nullopt);

  const RepositoryFile from_root = locate_file(root, "sub/ci.yml");
  EXPECT_EQ(from_root.path, "sub/ci.yml");
  EXPECT_EQ(from_root.prefix, "");
  EXPECT_EQ(from_root.folder, "");
  const RepositoryFile from_below = locate_file(root / "sub", "ci.yml");
  EXPECT_EQ(from_below.path, "sub/ci.yml");
  EXPECT_EQ(from_below.prefix, "../");
  EXPECT_EQ(from_below.folder, "sub/");
  const RepositoryFile from_above = locate_file(folder.path(), "repo/sub/ci.yml");
  EXPECT_EQ(from_above.path, "sub/ci.yml");
  EXPECT_EQ(from_above.prefix, "repo/");
  EXPECT_EQ(from_above.folder, "");
  const RepositoryFile absolute = locate_file("/", root / "sub/ci.yml");
  EXPECT_EQ(absolute.prefix, root.string() + "/");
  const RepositoryFile loose = locate_file(folder.path(), "loose/ci.yml");
  EXPECT_EQ(loose.path, "ci.yml");
  EXPECT_EQ(loose.prefix, "loose/");
}

TEST(Repository, ListsFilesWithoutGit) {
  const ScratchFolder folder;
  folder.write(".git/HEAD", "ref");
  folder.write("b/c", "");
  folder.write("b.txt", "");
  folder.write("a/.hidden", "");
  std::filesystem::create_directory_symlink(folder.path() / "b", folder.path() / "link");
  EXPECT_EQ(list_paths(folder.path()), (std::vector<std::string>{"a/.hidden", "b.txt", "b/c", "link"}));
  EXPECT_EQ(list_paths(folder.path() / "none"), std::vector<std::string>{});
}

}  // namespace
}  // namespace willrun::tools
