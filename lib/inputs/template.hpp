// A file's content with its blocks filled in.
#pragma once

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>
#include <willrun/source.hpp>

#include "inputs/evaluate_block.hpp"
#include "yaml/tree.hpp"

namespace willrun::inputs {

// Walks keys and values in the order of the document and stops at the first block that fails. The value is a new root
// that shares what holds no block with `content`; what replaced a text has that text's span.
//
// A text that is one block and nothing else becomes the block's value, whatever its type; as an item of a list, a list
// is spliced into the list around it. Elsewhere values are put into the text as Ruby prints them (whole_node, keys).
// Symbols become strings, keys that become equal are unified as in a Ruby hash (last value, first place), and
// `!reference` nodes are not looked into (category content).
// Cost: linear in the content and in what is put in.
Outcome<yaml::NodeId> fill_in(yaml::Tree& tree, yaml::NodeId content, const SourceFiles& files,
                              const BlockContext& context);

}  // namespace willrun::inputs
