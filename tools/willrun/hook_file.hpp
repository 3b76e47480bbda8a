// The pre-push hook of a repository.
#pragma once

#include <filesystem>
#include <string>

namespace willrun::cli {

// The file that git runs before a push. What stood there before is kept beside it and run first.
class HookFile {
 public:
  explicit HookFile(const std::filesystem::path& hooks);

  // What was done, in words, to stand behind nothing else: "installed in .git/hooks/pre-push". Doing it twice changes
  // nothing. These throw CannotRun, with everything as it was, when a file is not ours to change or cannot be changed.
  std::string install(bool strict);
  // Everything is as it was before install().
  std::string uninstall();

 private:
  bool is_ours() const;
  void write(bool strict) const;

  std::filesystem::path path_;
  std::filesystem::path before_;  // the hook that stood there
};

}  // namespace willrun::cli
