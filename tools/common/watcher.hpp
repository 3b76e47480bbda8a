// Waiting for files to change.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <set>

namespace willrun::tools {

// What is watched. Files need not exist: that one appears is a change of it.
struct Watched {
  std::set<std::filesystem::path> files;
  std::set<std::filesystem::path> trees;  // folders: every YAML file below them too, but for `.git`
};

class Watcher {
 public:
  virtual ~Watcher() = default;
  // Watches these in place of what was watched before. Changes since `since` count, those before it do not.
  virtual void watch(const Watched& watched, std::filesystem::file_time_type since) = 0;
  // Waits until something has changed and nothing did for a moment after it; false when there is to be an end.
  virtual bool wait() = 0;
};

// How long files must be at rest before a change is told: editors write in several steps.
inline constexpr std::chrono::milliseconds kRest{100};

// Watches by inotify. Its wait ends for good when SIGINT or SIGTERM comes: while it lives they do nothing else. Throws
// std::system_error when the kernel gives no watches.
std::unique_ptr<Watcher> make_file_watcher();

}  // namespace willrun::tools
