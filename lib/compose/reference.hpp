// `!reference`: values taken from elsewhere in the same configuration.
#pragma once

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>

#include "yaml/tree.hpp"

namespace willrun::compose {

// Replaces every reference below `root` by what its path names in `root`, as GitLab does after loading and again after
// includes are merged. The path is dug in the configuration as it was written, by string and symbol keys only; what it
// finds is resolved in turn. A referenced list stays a list of its own inside a list. Keys are left alone.
//
// The value is a root that shares all that did not change, targets included; `root` itself when there is no reference.
// The first reference that fails gives the one error: no list of strings, nothing (or null, or false) at its place, or
// part of a circle.
Outcome<yaml::NodeId> resolve_references(yaml::Tree& tree, yaml::NodeId root, const Limits& limits = {});

}  // namespace willrun::compose
