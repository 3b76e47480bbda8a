// Reading git repositories.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/read_file.hpp"

namespace willrun::tools {

// What a pipeline says of a commit.
struct GitCommit {
  std::string sha;
  std::string message;
  std::string author;     // "Name <email>"
  std::string timestamp;  // of the committer, ISO 8601
};

// What a short name stands for.
enum class GitRef : std::uint8_t { unknown, branch, tag, ambiguous };

// One commit's files. Threads: not shared.
class GitTree {
 public:
  struct Data;
  explicit GitTree(std::shared_ptr<Data> data) : data_(std::move(data)) {}

  const std::string& sha() const;
  // A regular file or the text of a symbolic link's target inside the tree; `missing` when there is none.
  FileText read(std::string_view path, std::uint64_t most = kLargestFile) const;
  // Paths of all files, sorted by byte; submodules are left out.
  std::vector<std::string> list() const;

 private:
  std::shared_ptr<Data> data_;
};

// Where the parts of a repository are; absolute paths.
struct GitLayout {
  bool bare = false;              // there is no working tree, and nothing is pushed from it
  std::filesystem::path hooks;    // where git looks for hooks: `core.hooksPath`, else a folder that all worktrees share
  bool hooks_configured = false;  // by `core.hooksPath`
};

// A repository, bare or not. Threads: not shared.
class GitRepository {
 public:
  struct Data;
  explicit GitRepository(std::shared_ptr<Data> data) : data_(std::move(data)) {}

  // None when the folder is no repository, nor holds one.
  static std::optional<GitRepository> open(const std::filesystem::path& folder);

  // The commit of a branch, a tag (annotated or not), a remote branch of `origin` or a sha, in this order; an empty ref
  // is HEAD. None when there is no such commit.
  std::optional<GitTree> at(std::string_view ref) const;
  // What a name means: a branch here or of `origin`, a tag, both, or neither.
  GitRef kind(std::string_view name) const;
  GitLayout layout() const;
  // The branch that is checked out; none when it is no branch, or nothing is committed yet.
  std::optional<std::string> current_branch() const;
  // The branch that `origin` calls its own; none when it was never told.
  std::optional<std::string> default_branch() const;
  // Where `origin` is; none when there is no such remote.
  std::optional<std::string> origin() const;
  // The sha of a full name, `refs/remotes/origin/main`; none when there is none.
  std::optional<std::string> resolve(const std::string& name) const;
  // The commit of a reference of exactly this full name, an annotated tag peeled. Unlike resolve() it knows no
  // expressions (`refs/heads/main~1`), so it may be asked for what a stranger wrote.
  std::optional<std::string> tip(const std::string& reference) const;
  // Where `refs` and `packed-refs` are; of a worktree those of its repository.
  std::filesystem::path common_folder() const;
  std::optional<GitCommit> commit(const std::string& sha) const;
  // The first parent; none for a first commit, or one at the end of a shallow clone.
  std::optional<std::string> parent(const std::string& sha) const;
  std::optional<std::string> merge_base(const std::string& a, const std::string& b) const;
  // Paths that differ between two commits, renames as their new path, sorted; as `git diff --name-only` lists them.
  // `from` empty: all paths. `worktree`: between a commit and the files on disk, untracked ones included, in place of
  // `to`. None when a commit is not here.
  std::optional<std::vector<std::string>> changed_files(const std::string& from, const std::string& to,
                                                        bool worktree = false) const;
  // Short names of all branches here, sorted by byte.
  std::vector<std::string> branches() const;
  // Short names of all tags.
  std::vector<std::string> tags() const;

 private:
  std::shared_ptr<Data> data_;
};

}  // namespace willrun::tools
