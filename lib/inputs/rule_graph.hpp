// Checks between the rules of inputs, which GitLab has but does not run: names that no input has, and circles.
#pragma once

#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>

#include "yaml/tree.hpp"

namespace willrun::inputs {

// What GitLab would say of the map that holds `spec`, in its order. Sees what GitLab's walk of expressions sees: names
// below a `!` are missed. A circle is reported once, at the first input of all (category rules_graph_validator). Where
// a rule is not a map, or its `if` no text, GitLab fails, and the only diagnostic has the code inputs_crash.
std::vector<Diagnostic> check_rule_graph(const yaml::Tree& tree, yaml::NodeId header, const Limits& limits);

}  // namespace willrun::inputs
