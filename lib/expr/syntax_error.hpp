// Why an expression is refused: GitLab's text and ours.
#pragma once

#include <string>
#include <string_view>

#include <willrun/diagnostic.hpp>

#include "expr/token.hpp"

namespace willrun::expr {

enum class SyntaxErrorKind : std::uint8_t {
  blank,
  unknown_lexeme,
  too_many_tokens,
  unmatched_parenthesis,  // a `)` without its `(`
  open_parenthesis,       // a `(` without its `)`
  missing_operand,        // of a binary operator
  missing_not_operand,    // of `!`
  left_over_operand,      // two operands with nothing between them
  empty_tree,             // parentheses and nothing in them
  invalid_pattern,        // RE2 refuses it; found when the expression is compiled
  too_deep,               // our own limit, Limits::expression_depth
  oddity,                 // accepted, but outside the strict grammar
  crash,                  // it parses, but GitLab itself fails when it evaluates it
};

// The text of GitLab's exception, letter for letter; empty where it raises none or another.
std::string_view gitlab_text(SyntaxErrorKind kind);

struct SyntaxError {
  SyntaxErrorKind kind = SyntaxErrorKind::blank;
  Range range;
  std::string message;  // as Diagnostic::message
  std::string help;     // as Diagnostic::help
};

// A piece of the expression as messages show it: `'text'`.
std::string quoted(std::string_view text);

// `span` is where the error's range stands in its file.
Diagnostic diagnostic(const SyntaxError& error, Span span);

}  // namespace willrun::expr
