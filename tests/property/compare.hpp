// One expression by machine and by reference interpreter.
#pragma once

#include <string>
#include <string_view>

#include "machine/program.hpp"
#include "property/reference_interpreter.hpp"

namespace willrun::reference {

// Empty when both agree; else what each gave. Refused expressions agree trivially. The pool may hold others already.
std::string difference(machine::ExpressionPool& pool, std::string_view text, const Scope& scope,
                       machine::PatternCache& cache);

}  // namespace willrun::reference
