// Options that say how a pipeline would be started, and the Trigger they make.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <willrun/trigger.hpp>

#include "common/git.hpp"
#include "common/settings.hpp"
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

// What stands around a command: the settings of a repository, and its facts.
struct Surroundings {
  tools::Settings settings;
  std::optional<tools::GitRepository> repository;  // none where nothing is committed yet

  // Throws CannotRun when the settings cannot be read.
  static Surroundings at(const std::filesystem::path& root);
  // What settings say, else `origin`; none: neither knows.
  std::optional<std::string> default_branch() const;
  bool protects(const Trigger& trigger) const;  // whether its ref is a protected one
};

struct TriggerFlags {
  std::string source = "push";
  std::optional<std::string> ref;  // none: what is checked out, else main
  bool tag = false;
  std::string default_branch;  // empty: what settings or the repository say, else main
  std::string target;          // of a merge request; empty: the default branch
  bool worktree = false;
  std::string message;
  std::vector<std::string> variables;
  std::string variable_file;
  std::string context;  // a file that gives the rest
  InputFlags inputs;
  std::vector<std::string> changed;

  void declare(CLI::App& app);
  // What the options and the surroundings say together; a context file says all by itself. `refusal` gets GitLab's text
  // when there is no such ref; `notes` a line for each option without effect and each fact that was guessed.
  Trigger trigger(const std::filesystem::path& directory, const Surroundings& surroundings, std::string& refusal,
                  std::vector<std::string>& notes) const;

 private:
  Trigger from_context(const std::filesystem::path& directory, std::vector<std::string>& notes) const;
  void give_variables(const std::filesystem::path& directory, Trigger& made, std::vector<std::string>& notes) const;
};

}  // namespace willrun::cli
