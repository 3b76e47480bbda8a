// Running a compiled expression.
#pragma once

#include <span>
#include <string_view>

#include "machine/operand.hpp"
#include "machine/pattern_cache.hpp"
#include "machine/program.hpp"

namespace willrun::machine {

// Where GitLab itself raises (a 500) instead of giving a value.
enum class Crash : std::uint8_t {
  none,
  regex_compared,  // a regex on the left of == or != with something else on the right, or right of a number
  not_a_pattern,   // true, a number, a list or a map on the right of =~ or !~
};

struct Evaluation {
  Operand value;  // null on a crash
  Crash crash = Crash::none;
  std::uint32_t instruction = 0;  // where it crashed, in code()
  std::string_view found;         // what kind of value made it crash, in words

  bool crashed() const { return crash != Crash::none; }
};

// Values by slot, as the pool numbers them.
struct Slots {
  std::span<const Operand> variables;
  std::span<const Operand> inputs;
};

// The value of the expression. Allocates nothing, except that a pattern in a variable may enter the cache and a number,
// list or map on the left of =~ is spelled out. A value that is a string points into the slots or the pool.
Evaluation evaluate(const ExpressionPool& pool, ExpressionId id, const Slots& slots, PatternCache& cache);

// What went wrong in words, with the operator's range in the expression.
expr::SyntaxError explain_crash(const ExpressionPool& pool, ExpressionId id, const Evaluation& evaluation);

}  // namespace willrun::machine
