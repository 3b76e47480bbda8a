// A variable inside a quoted text of a condition.
#include "expr/parser.hpp"
#include "lint/check.hpp"
#include "lint/respell.hpp"

namespace willrun::lint {

namespace {

bool starts_name(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '{'; }

bool is_variable(std::string_view text) {
  const auto tokens = expr::tokenize(text).tokens;
  return tokens.size() == 1 && tokens.front().kind == expr::TokenKind::variable &&
         tokens.front().range.end == text.size();
}

void find_variable_in_quotes(const Subject& subject, Findings& findings) {
  for (const Condition& condition : subject.conditions) {
    for (const expr::Node& node : condition.tree.nodes) {
      if (node.kind != expr::TokenKind::string) continue;
      const std::string_view text = node.content.of(condition.text);
      const std::size_t dollar = text.find('$');
      if (dollar == std::string_view::npos || dollar + 1 >= text.size() || !starts_name(text[dollar + 1])) continue;
      const bool alone = is_variable(text);
      findings.add(subject.span(condition, node.range),
                   "a variable inside quotes is not expanded: this is compared as the text that stands here",
                   alone ? "take the quotes away" : "",
                   alone ? rewrite(subject, condition, node.range, text) : std::nullopt);
    }
  }
}

}  // namespace

extern const Check variable_in_quotes;
const Check variable_in_quotes = {diag::Code::variable_in_quotes, "Conditions expand no variables inside texts.",
                                  find_variable_in_quotes};

}  // namespace willrun::lint
