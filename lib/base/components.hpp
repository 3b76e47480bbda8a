// Strongly connected components of a directed graph, in the order that Ruby's TSort gives: GitLab sorts variables and
// needs with it, and its messages list a circle's members in that order.
#pragma once

#include <cstdint>
#include <vector>

namespace willrun {

// `targets[n]` are the nodes that node n points to, in the order in which they are followed. Components come after
// those that they point to; the members of one stand in the order in which they were first met. Linear in nodes and
// edges, and without recursion.
std::vector<std::vector<std::uint32_t>> strongly_connected_components(
    const std::vector<std::vector<std::uint32_t>>& targets);

}  // namespace willrun
