// `.willrun.yml`: where other projects, components and templates are on this machine, and what may be fetched.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>

namespace willrun::tools {

inline constexpr std::string_view kSettingsName = ".willrun.yml";

// A plain value. Paths are absolute; in the file they are relative to it.
struct Settings {
  // By full path of the project, in lower case: a folder with its files, or a git repository, bare or not.
  std::map<std::string, std::filesystem::path, std::less<>> projects;
  std::optional<std::string> default_branch;               // absent: what `origin` says, else main
  std::optional<std::vector<std::string>> protected_refs;  // names with `*`; absent: the default branch
  std::optional<std::filesystem::path> templates;          // the folder in which `include:template` is looked up
  // Levels of findings by code or name, `all` for every check; none: off.
  std::vector<std::pair<std::string, std::optional<Severity>>> levels;
  std::vector<std::string> remote_hosts;  // hosts with private addresses that may be asked
  std::chrono::seconds remote_timeout{10};
  std::optional<std::filesystem::path> cache;  // of remote files; absent: the user's cache folder
  std::uint64_t cache_bytes = std::uint64_t{64} << 20U;
};

// Settings, or why there are none: "FILE:LINE: what is wrong".
struct SettingsOutcome {
  Settings settings;
  std::string failure;
};

// Reads the settings of a repository; without a file the defaults. A key that is not known is a failure, so that a
// misspelt one does not go unnoticed.
SettingsOutcome read_settings(const std::filesystem::path& file);

}  // namespace willrun::tools
