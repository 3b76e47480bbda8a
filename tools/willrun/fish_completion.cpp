#include <fmt/format.h>
#include <fmt/ranges.h>

#include "willrun/completion_scripts.hpp"

namespace willrun::cli {

namespace {

constexpr std::string_view kFishBegin = R"sh(# fish completion for willrun, as `willrun completion fish` prints it
function __willrun_command
  set -l words (commandline -opc)
  test (count $words) -ge 2; and test $words[2] = $argv[1]
end
function __willrun_no_command
  test (count (commandline -opc)) -eq 1
end

complete -c willrun -f
complete -c willrun -n __willrun_no_command -s h -l help -d 'print this help'
complete -c willrun -n __willrun_no_command -l version -d 'print the version'
)sh";

// Fish knows two escapes inside single quotes.
std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

// What completes a value or an argument; empty: nothing does.
std::string offer_of(const OptionDescription& option) {
  switch (option.takes) {
    case Takes::word: return fmt::format(" -a '{}'", fmt::join(option.words, " "));
    case Takes::file: return " -F";
    case Takes::folder: return " -a '(__fish_complete_directories)'";
    case Takes::job: return " -a '(willrun completion jobs 2> /dev/null)'";
    default: return {};
  }
}

std::string line_of(const std::string& command, const OptionDescription& option) {
  std::string out = "complete -c willrun -n '__willrun_command " + command + "'";
  for (const std::string& name : option.names) {
    const bool is_long = name.starts_with("--");
    out.append(is_long ? " -l " : " -s ").append(name.substr(is_long ? 2 : 1));
  }
  if (option.takes != Takes::nothing) out += " -r" + offer_of(option);
  return out + " -d " + fish_quoted(option.text) + "\n";
}

}  // namespace

std::string fish_completion(std::span<const CommandDescription> commands) {
  std::string out(kFishBegin);
  for (const CommandDescription& command : commands)
    out += fmt::format("complete -c willrun -n __willrun_no_command -a {} -d {}\n", command.name,
                       fish_quoted(command.purpose));
  for (const CommandDescription& command : commands) {
    for (const OptionDescription& option : command.options) out += line_of(command.name, option);
    for (const OptionDescription& argument : command.arguments) {
      const std::string offer = offer_of(argument);
      if (!offer.empty()) out += fmt::format("complete -c willrun -n '__willrun_command {}'{}\n", command.name, offer);
    }
  }
  return out;
}

}  // namespace willrun::cli
