#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/text.hpp"
#include "willrun/completion_scripts.hpp"

namespace willrun::cli {

namespace {

constexpr std::string_view kZshBegin = R"sh(#compdef willrun
# zsh completion for willrun, as `willrun completion zsh` prints it
_willrun_jobs() {
  local -a jobs
  jobs=(${(f)"$(willrun completion jobs 2> /dev/null)"})
  compadd -a jobs
}

_willrun() {
  if ((CURRENT == 2)); then
    local -a commands
    commands=(
)sh";

constexpr std::string_view kZshMiddle = R"sh(    )
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
)sh";

// In a folder of `fpath` the file is the function's body; elsewhere it is sourced.
constexpr std::string_view kZshEnd = R"sh(  esac
}

if [[ $funcstack[1] == _willrun ]]; then
  _willrun "$@"
else
  compdef _willrun willrun
fi
)sh";

// A text inside a specification: what would end its part is escaped.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// `:message:action` of a value.
std::string action_of(const OptionDescription& option, const std::string& message) {
  const std::string begin = ":" + escaped(message, ":") + ":";
  switch (option.takes) {
    case Takes::nothing: return {};
    case Takes::word: return fmt::format("{}({})", begin, fmt::join(option.words, " "));
    case Takes::file: return begin + "_files";
    case Takes::folder: return begin + "_files -/";
    case Takes::job: return begin + "_willrun_jobs";
    case Takes::text: break;
  }
  return begin + " ";
}

std::string specification_of(const OptionDescription& option, const std::string& name) {
  std::string out;
  if (option.repeated) {
    out += '*';
  } else if (option.names.size() > 1) {
    out += fmt::format("({})", fmt::join(option.names, " "));
  }
  out += name;
  if (option.takes != Takes::nothing) out += name.starts_with("--") ? "=" : "+";
  return out + "[" + escaped(option.text, "[]:") + "]" + action_of(option, option.value);
}

std::string zsh_case(const CommandDescription& command) {
  std::string out = "    " + command.name + ")\n      _arguments";
  const auto add = [&](const std::string& specification) {
    out += " \\\n        " + tools::shell_quoted(specification);
  };
  for (const OptionDescription& option : command.options) {
    for (const std::string& name : option.names) add(specification_of(option, name));
  }
  for (const OptionDescription& argument : command.arguments)
    add(std::string(argument.repeated ? 1 : 0, '*').append(action_of(argument, argument.names.front())));
  return out + "\n      ;;\n";
}

}  // namespace

std::string zsh_completion(std::span<const CommandDescription> commands) {
  std::string names;
  std::string cases;
  for (const CommandDescription& command : commands) {
    names += "      " + tools::shell_quoted(command.name + ":" + escaped(command.purpose, ":")) + "\n";
    cases += zsh_case(command);
  }
  return fmt::format("{}{}{}{}{}", kZshBegin, names, kZshMiddle, cases, kZshEnd);
}

}  // namespace willrun::cli
