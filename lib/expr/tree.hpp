// The tree of an expression as a flat array: children stand before their parents and the root is last, which is the
// order in which operands and operators are evaluated (a left child before its right sibling).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/syntax_error.hpp"
#include "expr/token.hpp"

namespace willrun::expr {

using NodeIndex = std::uint32_t;

struct Children {
  NodeIndex left;
  NodeIndex right;
};

// 20 bytes. Of an operand `content` is Token::content; of an operator `left` and `right` are its children, and `!` has
// its only one in `right`.
struct Node {
  TokenKind kind = TokenKind::null;
  Range range;  // of the token
  union {
    Range content{};
    Children children;
  };
};

struct Tree {
  std::vector<Node> nodes;
  // Names of inputs in order of first use. GitLab does not look below `!`, so names that stand only there are missing.
  std::vector<std::string_view> input_names(std::string_view text) const;
};

// A tree, or the first error that GitLab meets. On an error `tree` holds the operands that were built before it: GitLab
// compiles each pattern when it builds it, so an invalid one among them is the first error instead.
struct Parsed {
  Tree tree;
  std::optional<SyntaxError> error;
};

// The tree as an S-expression: `(and (equals $A "b") (not $C))`, patterns and strings as written.
std::string print(const Tree& tree, std::string_view text);

}  // namespace willrun::expr
