#include "compose/merge.hpp"

#include "yaml/pair_list.hpp"

namespace willrun::compose {

using yaml::NodeId;

NodeId deep_merge(yaml::Tree& tree, NodeId base, NodeId over) {
  if (tree.entries(base).empty()) return over;
  if (tree.entries(over).empty()) return base;
  yaml::PairList merged;
  for (const yaml::Entry& entry : tree.entries(base)) merged.put(tree, entry.key, entry.value);
  // Merging below adds nodes, so entries are read anew by their number.
  for (std::size_t i = 0; i < tree.entries(over).size(); ++i) {
    const yaml::Entry entry = tree.entries(over)[i];
    const NodeId old = merged.get(tree, entry.key);
    const bool both_maps = old != yaml::kNoNode && tree.is_mapping(old) && tree.is_mapping(entry.value);
    merged.put(tree, entry.key, both_maps ? deep_merge(tree, old, entry.value) : entry.value);
  }
  return tree.add_mapping(merged.entries(), tree.span(over));
}

}  // namespace willrun::compose
