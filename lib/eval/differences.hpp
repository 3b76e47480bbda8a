// What would have to differ for a condition to come out otherwise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eval/scope.hpp"

namespace willrun::eval {

// The fewest differences in variables with which the condition would be `wanted`, each as a clause of a sentence:
// `$A were "x"`. Empty where it is so already, and where nothing of the kind can be said.
std::vector<std::string> differences(const program::Program& program, std::string_view condition, const Scope& scope,
                                     bool wanted);

}  // namespace willrun::eval
