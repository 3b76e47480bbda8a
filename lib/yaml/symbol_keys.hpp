// What GitLab's CI loader does to keys: strings become symbols.
#pragma once

#include "yaml/tree.hpp"

namespace willrun::yaml {

// `a` and `:a` become one key: last value, first position. Everything else is shared with the tree as it was, and
// string keys stay string nodes (see the invariants of Tree). Keys inside collection keys and inside references are
// left alone. For documents within the size limits.
NodeId unify_keys(Tree& tree, NodeId root);

}  // namespace willrun::yaml
