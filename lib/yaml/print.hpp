// A tree as lines of text, for `willrun dump --stage yaml` and tests.
#pragma once

#include <string>

#include "yaml/tree.hpp"

namespace willrun::yaml {

// One line a node, children indented by two spaces: kind, place as line:column-line:column (behind the last character),
// and the text. Pairs print their key, then their value below a `=`. A node that an alias repeats prints again. Stable.
//
//     mapping 1:1-2:7
//       string 1:1-1:2 "a"
//       = integer 1:4-1:5 1
std::string print(const Tree& tree, const SourceFiles& files, NodeId root);

}  // namespace willrun::yaml
