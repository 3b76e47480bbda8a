// A repository on disk: where its root is, and which paths it holds.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace willrun::tools {

// The nearest folder from `folder` upwards that holds `.git`; none when there is no such folder.
std::optional<std::filesystem::path> repository_root(const std::filesystem::path& folder);

// A file as a repository sees it.
struct RepositoryFile {
  std::filesystem::path root;
  std::string path;    // from the root, with `/`
  std::string prefix;  // from where the user stands to the root; empty when they are the same, else with a final `/`
  std::string folder;  // from the root to where the user stands, likewise; empty when that is not below the root
};

// Where GitLab looks for a configuration, if a project says nothing else.
inline constexpr std::string_view kUsualConfiguration = ".gitlab-ci.yml";

// The repository of a file that a user named, standing in `folder`. Without a repository the file's own folder is the
// root.
RepositoryFile locate_file(const std::filesystem::path& folder, const std::filesystem::path& file);

// The same for the repository around `folder`, else for the folder itself, and a path from its root.
RepositoryFile in_repository_around(const std::filesystem::path& folder, std::string path);

// The same for a known root (a path as the user wrote it) and a path from that root.
RepositoryFile in_repository(const std::filesystem::path& folder, const std::filesystem::path& root, std::string path);

inline constexpr std::size_t kMostPaths = 500'000;

// Paths of all files below a root as they are on disk now, sorted by byte, without `.git`. Symbolic links are files.
// Nothing when there are more than kMostPaths.
std::optional<std::vector<std::string>> list_paths(const std::filesystem::path& root);

}  // namespace willrun::tools
