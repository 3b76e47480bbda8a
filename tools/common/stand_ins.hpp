// A configuration without the files that are out of reach.
#pragma once

#include <string>
#include <vector>

#include <willrun/file_source.hpp>

namespace willrun::tools {

// Hands every request on to another source, and answers a map that says nothing for a file of another place that cannot
// be looked at here: no settings say where it is, or it could not be fetched. A file that is looked for and not there
// stays missing. `files` must live as long. Threads: as the other source.
class StandIns : public FileSource {
 public:
  struct Missing {
    std::string path;     // as it was asked for
    std::string project;  // of files of projects
  };

  explicit StandIns(FileSource& files) : files_(files) {}

  FileAnswer read(const FileRequest& request) override;
  std::vector<std::string> list(const FileRequest& request) override { return files_.list(request); }

  // What was answered so, in the order in which it was asked for first.
  const std::vector<Missing>& missing() const { return missing_; }

 private:
  FileSource& files_;
  std::vector<Missing> missing_;
};

}  // namespace willrun::tools
