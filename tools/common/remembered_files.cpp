#include "common/remembered_files.hpp"

namespace willrun::tools {

RememberedFiles::Key RememberedFiles::key_of(const FileRequest& request) {
  return {request.origin, std::string(request.path), std::string(request.project), std::string(request.ref)};
}

FileAnswer RememberedFiles::read(const FileRequest& request) {
  const auto [known, is_new] = answers_.try_emplace(key_of(request));
  if (is_new) known->second = source_.read(request);
  return known->second;
}

std::vector<std::string> RememberedFiles::list(const FileRequest& request) {
  const auto [known, is_new] = lists_.try_emplace(key_of(request));
  if (is_new) known->second = source_.list(request);
  return known->second;
}

}  // namespace willrun::tools
