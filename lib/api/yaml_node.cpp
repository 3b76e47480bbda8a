#include <willrun/yaml_node.hpp>

#include "yaml/load.hpp"

namespace willrun {

namespace {

YamlNode node_of(const yaml::Tree& tree, yaml::NodeId id) {
  YamlNode node;
  node.kind = tree.kind(id);
  node.span = tree.span(id);
  node.flow = tree[id].style == yaml::Style::flow;
  const bool collection =
      node.kind == ValueKind::sequence || node.kind == ValueKind::mapping || node.kind == ValueKind::reference;
  if (!collection) node.scalar = yaml::to_value(tree, id);
  for (const yaml::NodeId item : tree.items(id)) node.items.push_back(node_of(tree, item));
  for (const yaml::Entry& entry : tree.entries(id))
    node.entries.push_back({node_of(tree, entry.key), node_of(tree, entry.value)});
  return node;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const auto& [name, node] : entries) {
    if (name.kind == ValueKind::string && name.scalar.text() == key) return &node;
  }
  return nullptr;
}

Value YamlNode::value() const {
  switch (kind) {
    case ValueKind::sequence: {
      Value::Sequence all;
      for (const YamlNode& item : items) all.push_back(item.value());
      return all;
    }
    case ValueKind::mapping: {
      Value::Mapping all;
      for (const auto& [key, node] : entries) all.emplace_back(key.value(), node.value());
      return all;
    }
    case ValueKind::reference: return Value::reference(items.front().value());
    default: return scalar;
  }
}

YamlNodes read_yaml_nodes(std::string_view text, std::string name, const LoadOptions& options) {
  YamlNodes nodes;
  const FileId file = nodes.files.add(std::move(name), std::string(text));
  yaml::Tree tree;
  Outcome<yaml::NodeId> read = yaml::load_document(tree, nodes.files, file, options);
  if (read) nodes.root = node_of(tree, *read.value);
  nodes.diagnostics = std::move(read.diagnostics);
  return nodes;
}

}  // namespace willrun
