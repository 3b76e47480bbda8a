// Paths in relation to each other.
#pragma once

#include <algorithm>
#include <filesystem>

namespace willrun::tools {

// By name alone; a folder is not below itself.
inline bool is_below(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const auto [at_path, at_folder] = std::mismatch(path.begin(), path.end(), folder.begin(), folder.end());
  return at_folder == folder.end() && at_path != path.end();
}

}  // namespace willrun::tools
