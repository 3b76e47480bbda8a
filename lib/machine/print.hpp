// Instructions as text, for dumps.
#pragma once

#include <string>
#include <string_view>

#include "machine/program.hpp"

namespace willrun::machine {

// One line an instruction, each behind `indent`: `t0 = $CI_COMMIT_BRANCH == "main"`.
std::string print(const ExpressionPool& pool, ExpressionId id, std::string_view indent);

}  // namespace willrun::machine
