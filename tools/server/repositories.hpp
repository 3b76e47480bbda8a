// Repositories of the configured projects: what a ref is, and the facts and files of a commit.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/git.hpp"
#include "common/sources.hpp"
#include "server/configuration.hpp"

namespace willrun::server {

// What a ref of a request stands for. Source: section 10 of the facts on the trigger API.
struct ResolvedRef {
  enum class Kind { branch, tag, other, unknown, ambiguous };
  Kind kind = Kind::unknown;
  std::string name;  // without refs/heads/ or refs/tags/
  std::string sha;   // of the commit; an annotated tag is peeled
};

// A revision whose files are read or compared: the default branch, whatever is checked out. No ref of a pipeline.
inline constexpr std::string_view kHead = "HEAD";

// Facts of a commit, shared by all who ask.
struct CommitFacts {
  std::string message;
  std::string author;
  std::string timestamp;
  std::optional<std::vector<std::string>> tree;  // none: too many files to list
};

// One project's repository. libgit2's objects belong to one thread at a time, so handles are lent from a pool. A plain
// folder is a repository with the default branch only, whose commit is a digest of names, sizes and times.
// Threads: any, concurrently.
class ProjectRepository {
 public:
  explicit ProjectRepository(const Project& project);

  // Whether both stand on the same repository and take the same branch for its default.
  bool is_same(const ProjectRepository& other) const;

  const std::string& default_branch() const { return default_branch_; }
  bool empty() const;  // nothing is committed
  ResolvedRef resolve(std::string_view ref) const;
  // A branch, tag or sha, or kHead, for reading files. None: there is no such commit.
  std::optional<std::string> commit_of(std::string_view revision) const;
  // The newest commit of the default branch; a tag of the same name does not count.
  std::optional<std::string> default_commit() const;
  // The first parent of a commit, if it has one.
  std::optional<std::string> parent(const std::string& sha) const;
  // Names in the order of their bytes.
  std::vector<std::string> branches() const;
  std::vector<std::string> tags() const;
  // None: the commit cannot be read.
  std::shared_ptr<const CommitFacts> facts(const std::string& sha) const;
  // Files at a commit, and what they may include by these settings. None: the commit cannot be read.
  std::unique_ptr<tools::Sources> sources(const std::string& sha, tools::Settings settings) const;
  // Paths that differ between the merge base with a ref and a commit, for `compare_to`.
  std::optional<std::vector<std::string>> compare(const std::string& ref, const std::string& sha) const;

 private:
  class Lent;
  // What files say of a name: a branch or tag that moves, comes or goes changes one of them.
  struct RefStamp {
    struct File {
      std::uint64_t inode = 0;  // 0: there is none
      std::int64_t size = 0;
      std::int64_t nanoseconds = 0;
      friend bool operator==(const File&, const File&) = default;
    };
    std::array<File, 3> files;
    friend bool operator==(const RefStamp&, const RefStamp&) = default;
  };
  using RefFiles = std::array<std::string, 3>;
  // A short name that exists.
  struct KnownRef {
    RefFiles files;
    RefStamp stamp;
    ResolvedRef ref;
  };
  RefFiles files_of(const std::string& name) const;
  static RefStamp stamp(const RefFiles& files);
  bool is_direct(const std::string& name) const;
  ResolvedRef look_up(std::string_view ref) const;
  ResolvedRef resolve_in_folder(std::string_view ref) const;
  std::string folder_digest() const;

  std::filesystem::path root_;
  bool is_git_ = false;
  std::string default_branch_;
  mutable std::mutex mutex_;
  mutable std::vector<tools::GitRepository> idle_;
  mutable std::unordered_map<std::string, std::shared_ptr<const CommitFacts>> facts_;
  std::filesystem::path refs_;  // the folder that holds `refs` and `packed-refs`
  mutable std::unordered_map<std::string, std::shared_ptr<const KnownRef>> known_refs_;
};

}  // namespace willrun::server
