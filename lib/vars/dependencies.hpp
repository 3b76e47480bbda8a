// Which variable of a list needs which: the order of expansion, and the cycles that make it impossible.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <willrun/variables.hpp>

namespace willrun::vars {

// Indexes into the list.
struct Order {
  // Every variable behind all variables that it refers to, itself left out.
  std::vector<std::uint32_t> sorted;
  // Groups of two and more variables that refer to each other in a ring, with members in the order in which they were
  // met.
  std::vector<std::vector<std::uint32_t>> cycles;
};

// The order of Ruby's TSort, which GitLab uses: depth first from the first variable on, references in the order of the
// text; a reference leads to every variable of that name, in the order of the list. A raw variable refers to nothing.
Order order_by_reference(std::span<const Variable> variables);

}  // namespace willrun::vars
