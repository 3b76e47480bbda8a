#include "compose/merge.hpp"

#include "yaml/pair_list.hpp"

namespace willrun::compose {

using yaml::NodeId;

NodeId deep_merge(yaml::Tree& tree, NodeId base, NodeId over) {
  if (tree.entries(base).empty()) return over;
  if (tree.entries(over).empty()) return base;
  const NodeId both[] = {base, over};
  return deep_merge(tree, both);
}

NodeId deep_merge(yaml::Tree& tree, std::span<const NodeId> maps) {
  yaml::PairList merged;
  for (const NodeId map : maps) {
    // Merging below adds nodes, so entries are read anew by their number.
    for (std::size_t i = 0; i < tree.entries(map).size(); ++i) {
      const yaml::Entry entry = tree.entries(map)[i];
      const NodeId old = merged.get(tree, entry.key);
      const bool both_maps = old != yaml::kNoNode && tree.is_mapping(old) && tree.is_mapping(entry.value);
      merged.put(tree, entry.key, both_maps ? deep_merge(tree, old, entry.value) : entry.value);
    }
  }
  return tree.add_mapping(merged.entries(), tree.span(maps.back()));
}

}  // namespace willrun::compose
