#include "common/recorded_files.hpp"

namespace willrun::tools {

FileAnswer RecordedFiles::read(const FileRequest& request) {
  FileAnswer answer = files_.read(request);
  if (request.origin == FileOrigin::local) {
    local_.emplace(request.path);
  } else if (answer.status != FileAnswer::Status::found) {
    out_of_reach_.emplace(request.origin == FileOrigin::project ? request.project : request.path);
  }
  return answer;
}

std::vector<std::string> RecordedFiles::list(const FileRequest& request) {
  if (request.origin == FileOrigin::local) listed_ = true;
  return files_.list(request);
}

}  // namespace willrun::tools
