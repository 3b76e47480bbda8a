// Which files took part in a configuration.
#pragma once

#include <set>
#include <string>

#include <willrun/file_source.hpp>

namespace willrun::tools {

// Hands every request on to another source, and keeps what was asked for. Threads: as the other source.
class RecordedFiles : public FileSource {
 public:
  explicit RecordedFiles(FileSource& files) : files_(files) {}

  FileAnswer read(const FileRequest& request) override;
  std::vector<std::string> list(const FileRequest& request) override;

  // Paths of local files that were asked for, whether they are there or not.
  const std::set<std::string>& local() const { return local_; }
  // A wildcard was looked up among the local files.
  bool listed() const { return listed_; }
  // Files of other places that could not be had: names of projects, components and templates, addresses. GitLab may
  // well have them.
  const std::set<std::string>& out_of_reach() const { return out_of_reach_; }

 private:
  FileSource& files_;
  std::set<std::string> local_;
  std::set<std::string> out_of_reach_;
  bool listed_ = false;
};

}  // namespace willrun::tools
