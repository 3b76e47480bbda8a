#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/text.hpp"
#include "willrun/completion_scripts.hpp"

namespace willrun::cli {

namespace {

constexpr std::string_view kBashBegin = R"sh(# bash completion for willrun, as `willrun completion bash` prints it
_willrun_jobs() {
  # Bash breaks words at colons, and replaces what stands behind the last one.
  local i=$COMP_CWORD start=$1 job typed
  while ((i > 2)) && [[ ${COMP_WORDS[i]} == : || ${COMP_WORDS[i - 1]} == : ]]; do
    ((--i))
    start=${COMP_WORDS[i]}$start
  done
  typed=${start%"${start##*:}"}
  while IFS= read -r job; do
    if [[ $job == "${start//\\/}"* ]]; then COMPREPLY+=("$(printf %q "${job#"$typed"}")"); fi
  done < <("${COMP_WORDS[0]}" completion jobs 2> /dev/null)
}

_willrun() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} takes='' argument='' words='' options=''
  COMPREPLY=()
  # Bash makes a word of a `=`.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
)sh";

constexpr std::string_view kBashEnd = R"sh(    esac
  fi
  if [[ -z $takes && $cur == -* ]]; then takes=word words=$options; fi
  case ${takes:-$argument} in
    word) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur") ;;
    job) _willrun_jobs "$cur" ;;
    file)
      compopt -o filenames 2> /dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      ;;
    folder)
      compopt -o filenames 2> /dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$cur")
      ;;
  esac
}
complete -F _willrun willrun
)sh";

std::string_view word_of(Takes takes) {
  switch (takes) {
    case Takes::word: return "word";
    case Takes::file: return "file";
    case Takes::folder: return "folder";
    case Takes::job: return "job";
    default: return "text";
  }
}

std::string words_part(const OptionDescription& option) {
  return option.words.empty() ? std::string()
                              : " words=" + tools::shell_quoted(fmt::format("{}", fmt::join(option.words, " ")));
}

std::string bash_case(const CommandDescription& command) {
  std::vector<std::string> names;
  std::string values;
  for (const OptionDescription& option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
    if (option.takes == Takes::nothing) continue;
    values += fmt::format("          {}) takes='{}'{} ;;\n", fmt::join(option.names, " | "), word_of(option.takes),
                          words_part(option));
  }
  std::string out = fmt::format("      {})\n        options='{}'\n", command.name, fmt::join(names, " "));
  if (!command.arguments.empty()) {
    const OptionDescription& argument = command.arguments.front();
    out += fmt::format("        argument='{}'{}\n", word_of(argument.takes), words_part(argument));
  }
  if (!values.empty()) out += "        case $prev in\n" + values + "        esac\n";
  return out + "        ;;\n";
}

}  // namespace

std::string bash_completion(std::span<const CommandDescription> commands) {
  std::string names;
  std::string cases;
  for (const CommandDescription& command : commands) {
    names += command.name + " ";
    cases += bash_case(command);
  }
  return fmt::format(
      "{}  if ((COMP_CWORD == 1)); then\n    takes=word words='{}--help --version'\n  else\n    case "
      "${{COMP_WORDS[1]}} in\n{}{}",
      kBashBegin, names, cases, kBashEnd);
}

}  // namespace willrun::cli
