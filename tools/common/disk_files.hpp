// Configuration files of a repository on disk.
#pragma once

#include <filesystem>
#include <string>

#include <willrun/file_source.hpp>

namespace willrun::tools {

// Answers for local files below one folder and for nothing else: `..` and symbolic links that lead out of it are
// refused. Other origins (project, remote, template, component) need a network and fail with a text that says so.
class DiskFiles : public FileSource {
 public:
  explicit DiskFiles(std::filesystem::path root) : root_(std::move(root)) {}

  // A text that stands for the file of this path, whatever the disk holds: standard input, an editor's buffer.
  void add(std::string path, std::string text) { memory_.add(std::move(path), std::move(text)); }

  FileAnswer read(const FileRequest& request) override;

 private:
  FileAnswer read_local(std::string_view path) const;

  std::filesystem::path root_;
  MemoryFiles memory_;
};

}  // namespace willrun::tools
