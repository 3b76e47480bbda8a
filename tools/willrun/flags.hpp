// Options that several commands share.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/options.hpp>
#include <willrun/report.hpp>

#include "willrun/command.hpp"

namespace CLI {
class Option;
}

namespace willrun::cli {

// Declares an option that takes one of a few words, so that completion and manual pages know them; the command looks
// its word up by choose(). `text` holds what the words mean.
CLI::Option* add_choice(CLI::App& app, const std::string& names, std::string& word,
                        std::span<const std::string_view> words, const std::string& text);
// The words of such an option; none for every other.
std::vector<std::string> words_of(CLI::Option& option);

// "a, b or c": for texts of options, so that the words stand in one place.
std::string listed(std::span<const std::string_view> words, std::string_view last_joint = " or ");

// The position of `word` in `words`, or a UsageError that names the option and what it takes.
std::size_t choose(std::string_view option, std::string_view word, std::span<const std::string_view> words);

// --edition, --yaml-reader
struct LoadFlags {
  std::string edition = "ee";
  std::string yaml_reader = "yaml-cpp";

  void declare(CLI::App& app);
  LoadOptions options(LoadMode mode) const;
};

// --colour, --quiet, --verbose, --json
struct PrintFlags {
  std::string colour = "auto";
  bool quiet = false;
  bool verbose = false;
  bool json = false;

  void declare(CLI::App& app);
  void declare_text(CLI::App& app);  // for commands whose output is text only
  TextStyle style(const CommandLine& line) const;
};

}  // namespace willrun::cli
