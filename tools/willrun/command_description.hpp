// What the commands take, as data: completion scripts and manual pages are written from it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace willrun::cli {

// What can stand as a value, as far as a shell can help with it.
enum class Takes : std::uint8_t {
  nothing,  // a flag
  text,
  word,  // one of `words`
  file,
  folder,
  job,  // a name of the configuration around: `willrun completion jobs` prints them
};

struct OptionDescription {
  std::vector<std::string> names;  // "-q", "--quiet"; of an argument without dashes its only name: "FILE"
  std::string value;               // what stands for the value in the help: "NAME=VALUE"; empty: a flag or an argument
  Takes takes = Takes::nothing;
  std::vector<std::string> words;
  bool repeated = false;
  std::string text;
};

struct CommandDescription {
  std::string name;
  std::string purpose;
  std::string epilogue;
  std::vector<OptionDescription> options;    // in the order of the help
  std::vector<OptionDescription> arguments;  // those without dashes
};

// Every command, in the order of the general help, as it declares itself.
std::vector<CommandDescription> describe_commands();

}  // namespace willrun::cli
