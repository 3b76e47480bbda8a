// Expansion of all variables of a list in each other.
#pragma once

#include <span>

#include <willrun/variables.hpp>

namespace willrun::vars {

SortedVariables sort_and_expand(std::span<const Variable> variables, const SortOptions& options, const Limits& limits);

}  // namespace willrun::vars
