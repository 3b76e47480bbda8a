// Lines `flags NAME=value` are a list of variables (flags: some of f, m, r, n for file, masked, raw, null); the first
// line is a text. Checks expansion of the text, and the whole list against a slow sort.
#include <cstdint>
#include <string_view>

#include "fuzz/require.hpp"
#include "vars/expand.hpp"
#include "vars/printed.hpp"
#include "vars/reference.hpp"
#include "vars/reference_sort.hpp"
#include "vars/sort.hpp"

namespace {

using namespace willrun;

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

Variable read_variable(std::string_view line) {
  const std::size_t space = std::min(line.find(' '), line.size());
  const std::string_view flags = line.substr(0, space);
  const std::string_view pair = line.substr(std::min(space + 1, line.size()));
  const std::size_t equals = std::min(pair.find('='), pair.size());
  Variable variable;
  variable.key = pair.substr(0, equals);
  const bool null = flags.find('n') != std::string_view::npos;
  if (!null) variable.value = std::string(pair.substr(std::min(equals + 1, pair.size())));
  variable.file = flags.find('f') != std::string_view::npos;
  variable.masked = flags.find('m') != std::string_view::npos;
  variable.raw = flags.find('r') != std::string_view::npos;
  return variable;
}

void check_text(std::string_view text, const std::vector<Variable>& variables) {
  const vars::ListScope scope(variables);
  const vars::ListScope nothing({});
  const std::string about(text);
  const auto expanded = vars::expand(text, scope, vars::Missing::becomes_empty, {});
  require(expanded.text.has_value(), "expansion gives a text", about);
  require(vars::expand(text, nothing, vars::Missing::stays, {}).text == text, "what is undefined stays", about);
  const auto existing = vars::expand(text, scope, vars::Missing::stays, {});
  // Once the undefined are gone, and no value holds a reference itself, nothing is left to expand.
  vars::ReferenceScanner scanner(text, vars::Pairs::are_text);
  if (vars::Reference first; !scanner.next(first)) {
    require(expanded.text == text && existing.text == text, "a text without references stays", about);
  }
  const auto emptied = vars::expand(text, nothing, vars::Missing::becomes_empty, {});
  require(emptied.text->size() <= text.size(), "removing references does not add text", about);
}

void check_list(const std::vector<Variable>& variables, const SortOptions& options) {
  const SortedVariables sorted = vars::sort_and_expand(variables, options, {});
  const std::string about = vars::printed(SortedVariables{variables, {}});
  require(sorted.variables.size() == variables.size(), "no variable is lost", about);
  if (!sorted.error.empty()) require(sorted.variables == variables, "an error leaves the list as it is", about);
  if (variables.size() > 12 || about.size() > 400) return;
  require(vars::printed(sorted) == vars::printed(vars::reference_sort_and_expand_all(variables, options)),
          "agrees with the reference sort", about);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const unsigned options = rest.empty() ? 0U : static_cast<unsigned char>(rest.front());
  const std::string_view text = take_line(rest);
  std::vector<Variable> variables;
  while (!rest.empty()) variables.push_back(read_variable(take_line(rest)));
  check_text(text, variables);
  check_list(variables, {(options & 1U) != 0, (options & 2U) != 0, (options & 4U) != 0});
  return 0;
}
