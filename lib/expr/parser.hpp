// From tokens to a tree, with GitLab's acceptance and GitLab's shape.
#pragma once

#include <span>

#include <willrun/options.hpp>

#include "expr/lexer.hpp"
#include "expr/tree.hpp"

namespace willrun::expr {

// Operators go to a stack and take their operands from another, so the position of operands is loose: `$A (== "a")` is
// `$A == "a"`, and `$A !` is `!$A`. An operator waits on the stack until
//   1. a binary operator arrives that binds as loosely or more loosely (`!`, then comparisons, then `&&`, then `||`),
//      which makes all binary operators left associative; `!` and `(` make nobody leave;
//   2. the parenthesis closes in which it stands;
//   3. the text ends.
Parsed parse(std::string_view text, std::span<const Token> tokens);

// Tokenizes and parses.
Parsed parse(std::string_view text, const Limits& limits = {});

// Where the tokens leave the strict grammar
//   or = and { "||" and } ; and = comparison { "&&" comparison } ; comparison = unary { operator unary } ;
//   unary = { "!" } ( operand | "(" or ")" ) ;
// which a reader has in mind. GitLab accepts more; the first place is a finding, and the best place of an error.
struct Oddity {
  Range range;
  std::string message;  // what was found and what was expected
};
std::optional<Oddity> first_oddity(std::string_view text, std::span<const Token> tokens);

}  // namespace willrun::expr
