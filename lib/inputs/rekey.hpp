// Keys of maps as symbols or as strings, in depth. Ruby tells them apart when it prints a map and when a block follows
// a path into one; the tree's loader does not.
#pragma once

#include "yaml/tree.hpp"

namespace willrun::inputs {

// `kind` is symbol or string: keys of the other kind become such, also inside lists. What needs no change is shared.
// Recursion is as deep as the node.
yaml::NodeId with_keys(yaml::Tree& tree, yaml::NodeId node, ValueKind kind);

}  // namespace willrun::inputs
