#include "inputs/rekey.hpp"

namespace willrun::inputs {

namespace {

using yaml::NodeId;

NodeId rekeyed_list(yaml::Tree& tree, NodeId node, ValueKind kind) {
  std::vector<NodeId> items;
  bool changed = false;
  for (std::size_t i = 0; i < tree.items(node).size(); ++i) {
    const NodeId item = tree.items(node)[i];
    items.push_back(with_keys(tree, item, kind));
    changed = changed || items.back() != item;
  }
  return changed ? tree.add_sequence(items, tree.span(node)) : node;
}

NodeId with_kind(yaml::Tree& tree, NodeId key, ValueKind kind) {
  const ValueKind other = kind == ValueKind::symbol ? ValueKind::string : ValueKind::symbol;
  if (tree.kind(key) != other) return key;
  return tree.add_scalar(kind, tree.text(key), tree.span(key), tree[key].style);
}

NodeId rekeyed_map(yaml::Tree& tree, NodeId node, ValueKind kind) {
  std::vector<yaml::Entry> entries;
  bool changed = false;
  for (std::size_t i = 0; i < tree.entries(node).size(); ++i) {
    const yaml::Entry entry = tree.entries(node)[i];
    const NodeId key = with_kind(tree, entry.key, kind);
    entries.push_back({key, with_keys(tree, entry.value, kind)});
    changed = changed || key != entry.key || entries.back().value != entry.value;
  }
  return changed ? tree.add_mapping(entries, tree.span(node)) : node;
}

}  // namespace

NodeId with_keys(yaml::Tree& tree, NodeId node, ValueKind kind) {
  if (tree.is_sequence(node)) return rekeyed_list(tree, node, kind);
  if (tree.is_mapping(node)) return rekeyed_map(tree, node, kind);
  return node;
}

}  // namespace willrun::inputs
