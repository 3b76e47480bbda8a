#include "expr/token.hpp"

#include <array>

namespace willrun::expr {

std::string_view name(TokenKind kind) {
  static constexpr std::array<std::string_view, 15> kNames = {
      "variable", "string",     "pattern", "null", "boolean", "input",           "equals",          "notequals",
      "matches",  "notmatches", "and",     "or",   "not",     "parenthesisopen", "parenthesisclose"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace willrun::expr
