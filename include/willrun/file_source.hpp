// Where configuration files come from. The library opens no file itself: a caller implements this interface over a
// disk, a git repository or memory.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace willrun {

enum class FileOrigin : std::uint8_t { local, project, remote, template_file, component };

// One file to read. Views live as long as the call.
struct FileRequest {
  FileOrigin origin = FileOrigin::local;
  std::string_view
      path;  // local and project: path from the repository's root, no leading '/'; others: location as written
  std::string_view project;  // project only: full path of the project
  std::string_view ref;      // project only: branch, tag or sha; empty is the default branch
};

struct FileAnswer {
  enum class Status : std::uint8_t {
    found,
    not_found,
    denied,  // the project exists, but this caller may not read it
    failed,  // the machinery failed (disk, network); `text` says how
  };
  Status status = Status::not_found;
  std::string text;  // found: the file's bytes; failed: what went wrong
};

// Threads: one load uses its FileSource from one thread.
class FileSource {
 public:
  virtual ~FileSource() = default;
  virtual FileAnswer read(const FileRequest& request) = 0;
};

// Files in memory, local ones only: for tests, servers and texts from standard input.
class MemoryFiles : public FileSource {
 public:
  void add(std::string path, std::string text) { files_[std::move(path)] = std::move(text); }

  FileAnswer read(const FileRequest& request) override {
    const auto found = files_.find(request.path);
    if (request.origin != FileOrigin::local || found == files_.end()) return {};
    return {FileAnswer::Status::found, found->second};
  }

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

}  // namespace willrun
