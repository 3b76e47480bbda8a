// Options that several commands share.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <willrun/options.hpp>
#include <willrun/report.hpp>

#include "willrun/command.hpp"

namespace willrun::cli {

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
