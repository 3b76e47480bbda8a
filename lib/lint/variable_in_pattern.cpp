// A variable inside a pattern of a condition.
#include <fmt/format.h>

#include "lint/check.hpp"

namespace willrun::lint {

namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }
bool is_of_name(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

// `$NAME` or `${NAME}` from this `$` on; empty: neither.
std::string_view variable_at(std::string_view text, std::size_t dollar) {
  const bool braces = text.substr(dollar + 1).starts_with('{');
  std::size_t end = dollar + (braces ? 2 : 1);
  if (end >= text.size() || !is_letter(text[end])) return {};
  while (end < text.size() && is_of_name(text[end])) ++end;
  if (braces && (end == text.size() || text[end] != '}')) return {};
  return text.substr(dollar, end + (braces ? 1 : 0) - dollar);
}

// The first variable of a pattern. Behind `\` and in brackets `$` is a character, and no end of the text.
std::string_view variable_in(std::string_view pattern) {
  bool in_brackets = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      ++i;
    } else if (c == '[' || c == ']') {
      in_brackets = c == '[';
    } else if (c == '$' && !in_brackets) {
      if (const std::string_view found = variable_at(pattern, i); !found.empty()) return found;
    }
  }
  return {};
}

void find_variable_in_pattern(const Subject& subject, Findings& findings) {
  for (const Condition& condition : subject.conditions) {
    for (const expr::Node& node : condition.tree.nodes) {
      if (node.kind != expr::TokenKind::pattern) continue;
      const std::string_view variable = variable_in(node.range.of(condition.text));
      if (variable.empty()) continue;
      const auto begin = static_cast<std::uint32_t>(variable.data() - condition.text.data());
      findings.add(subject.span(condition, {begin, begin + static_cast<std::uint32_t>(variable.size())}),
                   fmt::format("a variable inside a pattern is not expanded: `$` ends the text here, so that `{}` "
                               "never matches",
                               variable.substr(1)),
                   "give a variable the whole pattern, slashes too, and compare with `=~ $NAME`");
    }
  }
}

}  // namespace

extern const Check variable_in_pattern;
const Check variable_in_pattern = {diag::Code::variable_in_pattern,
                                   "Conditions expand no variables inside patterns. A variable may hold a whole "
                                   "pattern, such as `/^release-/`.",
                                   find_variable_in_pattern};

}  // namespace willrun::lint
