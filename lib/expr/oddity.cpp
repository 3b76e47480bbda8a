// Where an expression leaves the strict grammar. The grammar has no more than two states between parentheses, an
// operand is due or an operator is, so one pass over the tokens decides it.
#include "expr/parser.hpp"

namespace willrun::expr {

namespace {

constexpr std::string_view kOperand = ", expected a variable, a string, a pattern, true, false, null, '!' or '('";
constexpr std::string_view kOperator = ", expected one of ==, !=, =~, !~, && and || before it";

std::string found(std::string_view text, const Token& token, std::string_view expected) {
  return ("found " + quoted(token.range.of(text))).append(expected);
}

Oddity at_end(std::string_view text, const Token& last) {
  return {last.range, ("found the end of the expression after " + quoted(last.range.of(text))).append(kOperand)};
}

}  // namespace

std::optional<Oddity> first_oddity(std::string_view text, std::span<const Token> tokens) {
  bool operand_due = true;
  std::size_t open = 0;
  for (const Token& token : tokens) {
    const bool starts_operand =
        is_operand(token.kind) || token.kind == TokenKind::logical_not || token.kind == TokenKind::parenthesis_open;
    if (starts_operand != operand_due) {
      return Oddity{token.range, found(text, token, operand_due ? kOperand : kOperator)};
    }
    if (is_operand(token.kind)) operand_due = false;
    if (is_binary(token.kind)) operand_due = true;
    if (token.kind == TokenKind::parenthesis_open) ++open;
    if (token.kind == TokenKind::parenthesis_close && open-- == 0)
      return Oddity{token.range, "found ')' without its '('"};
  }
  if (tokens.empty()) return std::nullopt;
  if (operand_due) return at_end(text, tokens.back());
  if (open != 0) return Oddity{tokens.back().range, "found the end of the expression, expected ')'"};
  return std::nullopt;
}

}  // namespace willrun::expr
