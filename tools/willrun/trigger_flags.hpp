// Options that say how a pipeline would be started, and the Trigger they make.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <willrun/trigger.hpp>

#include "willrun/command.hpp"

namespace willrun::cli {

// --input, --inputs-file
struct InputFlags {
  std::vector<std::string> inputs;
  std::string file;

  void declare(CLI::App& app);
  // Values of the file first, with their types; texts of --input replace or follow them.
  std::vector<std::pair<std::string, Value>> values(const std::filesystem::path& directory) const;
};

struct TriggerFlags {
  std::string source = "push";
  std::string ref = "main";
  bool tag = false;
  std::string default_branch = "main";
  std::string message;
  std::vector<std::string> variables;
  std::string variable_file;
  InputFlags inputs;
  std::vector<std::string> changed;

  void declare(CLI::App& app);
  // `notes` gets a line for each option that has no effect with this source.
  Trigger trigger(const std::filesystem::path& directory, std::vector<std::string>& notes) const;
};

}  // namespace willrun::cli
