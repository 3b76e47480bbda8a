// The value of one block.
#pragma once

#include <vector>

#include "inputs/block.hpp"
#include "inputs/functions.hpp"
#include "yaml/tree.hpp"

namespace willrun::inputs {

// What a block may name, and what its functions may look at.
struct BlockContext {
  yaml::NodeId root = yaml::kNoNode;  // {inputs: {...}, component: {...}} with symbols as keys
  FunctionContext functions;
};

struct BlockValue {
  yaml::NodeId value = yaml::kNoNode;  // when there are no errors; a text that a function made has `span`
  std::vector<BlockError> errors;
  std::uint64_t made = 0;  // bytes of the texts that functions made
};

// In GitLab's order: the access, the number of functions, their texts, and then the calls up to the first that fails.
BlockValue evaluate_block(yaml::Tree& tree, const Block& block, const BlockContext& context, Span span);

}  // namespace willrun::inputs
