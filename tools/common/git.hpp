// Reading git repositories.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/read_file.hpp"

namespace willrun::tools {

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
  // Short names of all tags.
  std::vector<std::string> tags() const;

 private:
  std::shared_ptr<Data> data_;
};

}  // namespace willrun::tools
