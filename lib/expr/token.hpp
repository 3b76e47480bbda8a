// The lexemes of a `rules:if` expression with their places. Offsets are bytes in the expression's text.
#pragma once

#include <cstdint>
#include <string_view>

namespace willrun::expr {

enum class TokenKind : std::uint8_t {
  variable,
  string,
  pattern,
  null,
  boolean,
  input,
  equals,
  not_equals,
  matches,
  not_matches,
  logical_and,
  logical_or,
  logical_not,
  parenthesis_open,
  parenthesis_close,
};

// GitLab's name of the lexeme in lower case: `variable`, `notequals`, `parenthesisopen`, ...
std::string_view name(TokenKind kind);

constexpr bool is_operand(TokenKind kind) { return kind <= TokenKind::input; }
constexpr bool is_comparison(TokenKind kind) { return kind >= TokenKind::equals && kind <= TokenKind::not_matches; }
constexpr bool is_binary(TokenKind kind) { return kind >= TokenKind::equals && kind <= TokenKind::logical_or; }

// A half-open range of bytes in the expression.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
  friend bool operator==(const Range&, const Range&) = default;
};

struct Token {
  TokenKind kind = TokenKind::null;
  Range range;
  // What stands inside: a variable's or input's name, a string without its quotes; the whole token for all others.
  Range content;
};

}  // namespace willrun::expr
