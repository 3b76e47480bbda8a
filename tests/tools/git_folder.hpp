// A git repository that a test makes with git itself.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "tools/scratch_folder.hpp"

namespace willrun::tools {

class GitFolder {
 public:
  explicit GitFolder(std::filesystem::path path) : path_(std::move(path)) {
    std::filesystem::create_directories(path_);
    run("init -q -b main");
  }

  // Ends the test's program when git fails: nothing behind it would be true.
  void run(const std::string& arguments) const {
    const std::string command = "git -C '" + path_.string() +
                                "' -c user.name=Dev -c user.email=dev@example.com -c commit.gpgsign=false " + arguments;
    if (std::system(command.c_str()) != 0) std::abort();
  }

  void commit(const std::string& name, std::string_view text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    run("add -A");
    run("commit -q -m change");
  }

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace willrun::tools
