// The files of one load, watched.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <willrun/file_source.hpp>

#include "server/repositories.hpp"

namespace willrun::server {

// Notes whether a file came from outside the commit, and knows the default branches of other projects, which need not
// be what their repositories have checked out.
class WatchedFiles : public FileSource {
 public:
  using DefaultBranch = std::function<std::string(std::string_view project)>;
  WatchedFiles(FileSource& files, DefaultBranch default_branch)
      : files_(files), default_branch_(std::move(default_branch)) {}

  FileAnswer read(const FileRequest& request) override {
    note(request);
    const std::string ref = ref_of(request);
    return files_.read(at(request, ref));
  }
  std::vector<std::string> list(const FileRequest& request) override {
    note(request);
    const std::string ref = ref_of(request);
    return files_.list(at(request, ref));
  }
  bool elsewhere() const { return elsewhere_; }

 private:
  void note(const FileRequest& request) { elsewhere_ = elsewhere_ || request.origin != FileOrigin::local; }

  std::string ref_of(const FileRequest& request) const {
    const bool of_default = request.origin == FileOrigin::project && (request.ref.empty() || request.ref == kHead);
    return of_default ? default_branch_(request.project) : std::string(request.ref);
  }
  static FileRequest at(FileRequest request, std::string_view ref) {
    request.ref = ref;
    return request;
  }

  FileSource& files_;
  DefaultBranch default_branch_;
  bool elsewhere_ = false;
};

}  // namespace willrun::server
