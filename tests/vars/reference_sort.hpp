// A slow and obvious sort_and_expand_all: reachability by search from each variable, recursion, linear look-ups.
#pragma once

#include <span>

#include <willrun/variables.hpp>

namespace willrun::vars {

// Without the limit on the size of values. Recursive: for lists of some dozens of variables only.
SortedVariables reference_sort_and_expand_all(std::span<const Variable> variables, const SortOptions& options);

}  // namespace willrun::vars
