#include "common/repository.hpp"

#include <algorithm>
#include <system_error>

namespace willrun::tools {

namespace {

namespace fs = std::filesystem;

std::string with_slash(const fs::path& path) {
  const std::string text = path.generic_string();
  if (text.empty() || text == ".") return {};
  return text.ends_with('/') ? text : text + "/";
}

// An absolute path of a folder never ends in `/` here, or its last name would be empty.
fs::path trimmed(const fs::path& path) { return path.filename().empty() ? path.parent_path() : path; }

std::string folder_below(const fs::path& root, const fs::path& folder) {
  const fs::path relative = trimmed(folder).lexically_relative(trimmed(root));
  return relative.empty() || *relative.begin() == ".." ? std::string() : with_slash(relative);
}

}  // namespace

std::optional<fs::path> repository_root(const fs::path& folder) {
  fs::path at = folder.lexically_normal();
  while (true) {
    std::error_code error;
    if (fs::exists(at / ".git", error)) return at;
    const fs::path parent = at.parent_path();
    if (parent == at || parent.empty()) return std::nullopt;
    at = parent;
  }
}

RepositoryFile locate_file(const fs::path& folder, const fs::path& file) {
  std::error_code error;
  const fs::path stand = fs::absolute(folder, error).lexically_normal();
  const fs::path whole = (stand / file).lexically_normal();
  const fs::path root = repository_root(whole.parent_path()).value_or(whole.parent_path());
  const fs::path shown = file.is_absolute() ? root : root.lexically_relative(stand);
  return {root, whole.lexically_relative(root).generic_string(), with_slash(shown), folder_below(root, stand)};
}

RepositoryFile in_repository_around(const fs::path& folder, std::string path) {
  std::error_code error;
  const fs::path stand = fs::absolute(folder, error).lexically_normal();
  const fs::path root = repository_root(stand).value_or(stand);
  return in_repository(stand, root.lexically_relative(stand), std::move(path));
}

RepositoryFile in_repository(const fs::path& folder, const fs::path& root, std::string path) {
  std::error_code error;
  const fs::path stand = fs::absolute(folder, error).lexically_normal();
  const fs::path whole = trimmed((stand / root).lexically_normal());
  return {whole, std::move(path), with_slash(root.lexically_normal()), folder_below(whole, stand)};
}

std::optional<std::vector<std::string>> list_paths(const fs::path& root) {
  std::vector<std::string> paths;
  std::error_code error;
  const std::string base = with_slash(root);
  fs::recursive_directory_iterator entry(root, fs::directory_options::skip_permission_denied, error);
  for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;
    const bool folder = entry->is_directory(ignored) && !entry->is_symlink(ignored);
    if (entry->path().filename() == ".git") {
      if (folder) entry.disable_recursion_pending();
    } else if (!folder) {
      paths.push_back(entry->path().generic_string().substr(base.size()));
      if (paths.size() > kMostPaths) return std::nullopt;
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace willrun::tools
