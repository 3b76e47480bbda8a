// The first piece of a block: a path into what may be named there, `inputs.servers[0].host`.
#pragma once

#include <string_view>
#include <vector>

#include <willrun/options.hpp>

#include "inputs/block_error.hpp"
#include "yaml/tree.hpp"

namespace willrun::inputs {

struct AccessResult {
  yaml::NodeId value = yaml::kNoNode;  // when there are no errors
  std::vector<BlockError> errors;
};

// Follows the path from `context`, a map of maps. Only keys that are symbols count: so are those of `context` and of
// given values, while maps inside defaults and inside JSON texts have string keys and cannot be entered, as in GitLab.
//
// The path is split at each `.` into at most five parts, the last one keeps further dots. A part with a bracket is a
// key and up to Limits::interpolation_indexes indexes into lists. Parts are checked in order, each one's syntax before
// its key and its key before its indexes (category array_index).
AccessResult follow_access(const yaml::Tree& tree, yaml::NodeId context, std::string_view access, const Limits& limits);

}  // namespace willrun::inputs
