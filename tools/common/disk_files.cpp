#include "common/disk_files.hpp"

#include <algorithm>

#include "common/paths.hpp"
#include "common/read_file.hpp"

namespace willrun::tools {

namespace {

namespace fs = std::filesystem;

FileAnswer failed(std::string text) { return {FileAnswer::Status::failed, std::move(text)}; }

bool climbs(const fs::path& path) {
  return std::any_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
}

}  // namespace

FileAnswer DiskFiles::read(const FileRequest& request) {
  if (request.origin != FileOrigin::local) return failed("only files of this repository can be read offline");
  FileAnswer answer = memory_.read(request);
  return answer.status == FileAnswer::Status::found ? answer : read_local(request.path);
}

FileAnswer DiskFiles::read_local(std::string_view path) const {
  const fs::path inside = fs::path(path).relative_path();
  if (inside.empty() || path.find('\0') != std::string_view::npos) return {};
  if (climbs(inside)) return failed("`..` leads out of the repository");
  std::error_code error;
  const fs::path root = fs::weakly_canonical(root_, error);
  const fs::path file = fs::weakly_canonical(root / inside, error);
  if (!is_below(file, root)) return failed("a symbolic link leads out of the repository");
  FileText read = read_file(file);
  if (read.missing) return {};
  if (!read.failure.empty()) return failed(std::move(read.failure));
  return {FileAnswer::Status::found, std::move(read.text)};
}

}  // namespace willrun::tools
