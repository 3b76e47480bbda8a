// Files that are read once.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <willrun/file_source.hpp>

namespace willrun::tools {

// Answers a request as it answered it the first time, so that loads of one run see the same files and fetch none twice.
// `source` must live as long. Threads: not shared.
class RememberedFiles : public FileSource {
 public:
  explicit RememberedFiles(FileSource& source) : source_(source) {}

  FileAnswer read(const FileRequest& request) override;
  std::vector<std::string> list(const FileRequest& request) override;

 private:
  using Key = std::tuple<FileOrigin, std::string, std::string, std::string>;
  static Key key_of(const FileRequest& request);

  FileSource& source_;
  std::map<Key, FileAnswer> answers_;
  std::map<Key, std::vector<std::string>> lists_;
};

}  // namespace willrun::tools
