// Equality of nodes as hash keys, the way Ruby compares them: by kind and content, collections in depth.
#pragma once

#include <cstddef>

#include "yaml/tree.hpp"

namespace willrun::yaml {

// 1 and 1.0 differ, 0.0 and -0.0 do not, NaN equals NaN (Psych's is one object), a string and a symbol differ, mappings
// are equal whatever the order of their pairs. Collections beyond `steps` comparisons count as different, so that alias
// bombs as keys cost nothing.
bool equal_keys(const Tree& tree, NodeId a, NodeId b, std::size_t steps);

// Equal keys have equal hashes.
std::size_t hash_key(const Tree& tree, NodeId key);

}  // namespace willrun::yaml
