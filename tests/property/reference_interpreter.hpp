// A slow and obvious interpreter of expressions: walks the tree recursively over owned values. The machine must agree
// with it on everything; nothing of the machine is used here, and RE2 is asked in the plainest way.
#pragma once

#include <functional>
#include <map>
#include <string>

#include <willrun/value.hpp>

#include "expr/tree.hpp"

namespace willrun::reference {

struct Scope {
  std::map<std::string, Value, std::less<>> variables;
  std::map<std::string, Value, std::less<>> inputs;
};

struct Result {
  bool invalid_pattern = false;  // the expression is refused for a pattern literal
  bool crashed = false;
  Value value;

  friend bool operator==(const Result&, const Result&) = default;
};

// The value of a tree without syntax errors.
Result evaluate(const expr::Tree& tree, std::string_view text, const Scope& scope);

// ActiveSupport's present?.
bool present(const Value& value);

}  // namespace willrun::reference
