// From given values to the values that blocks see.
#pragma once

#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>

#include "inputs/header.hpp"
#include "inputs/rules.hpp"
#include "yaml/tree.hpp"

namespace willrun::inputs {

// The value of each input of the header, in its order, or all errors: first names that are given but not declared, then
// each input's in the order of the file. `given` is any node or kNoNode; a map's keys and the keys in its values are
// symbols.
//
// What an input is (categories required, default_*, rules):
// 1. the given value, unless it is null; with rules an empty text is not given either;
// 2. the default of the input or of its rule; null makes an empty text of a string input;
// 3. with rules of which none applies, null; else the input is required.
// Default and given value are both made to fit the type and checked.
Outcome<std::vector<yaml::NodeId>> resolve(yaml::Tree& tree, const Header& header, yaml::NodeId given, Span place,
                                           const Limits& limits);

// What each input may be and is by default where these values are given: its own options and default, or those of the
// rule that applies. Fewer than the header has where GitLab fails on one.
std::vector<RuleChoice> choices(yaml::Tree& tree, const Header& header, yaml::NodeId given, Span place,
                                const Limits& limits);

}  // namespace willrun::inputs
