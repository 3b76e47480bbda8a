#include "yaml/tree.hpp"

#include <fmt/format.h>

namespace willrun::yaml {

Span Tree::span(NodeId id) const {
  const Node& node = (*this)[id];
  return {node.file, node.begin, node.end};
}

std::string_view Tree::text(NodeId id) const {
  const Node& node = (*this)[id];
  const bool has_children =
      node.kind == ValueKind::sequence || node.kind == ValueKind::mapping || node.kind == ValueKind::reference;
  if (has_children || node.size == 0) return {};
  return {node.text, node.size};
}

std::span<const NodeId> Tree::items(NodeId id) const {
  const Node& node = (*this)[id];
  if (node.kind != ValueKind::sequence && node.kind != ValueKind::reference) return {};
  return std::span(items_).subspan(node.first, node.size);
}

std::span<const Entry> Tree::entries(NodeId id) const {
  const Node& node = (*this)[id];
  if (node.kind != ValueKind::mapping) return {};
  return std::span(entries_).subspan(node.first, node.size);
}

NodeId Tree::find(NodeId mapping, std::string_view key) const {
  if (mapping == kNoNode) return kNoNode;
  for (const Entry& entry : entries(mapping)) {
    const ValueKind kind = (*this)[entry.key].kind;
    if ((kind == ValueKind::string || kind == ValueKind::symbol) && text(entry.key) == key) return entry.value;
  }
  return kNoNode;
}

void Tree::reserve(std::size_t text_bytes) {
  constexpr std::size_t kBytesPerNode = 9;  // of configurations; room that is not used costs no memory
  const std::size_t nodes = text_bytes / kBytesPerNode;
  const auto make_room = [](auto& store, std::size_t count) {
    const std::size_t wanted = store.size() + count;
    if (wanted > store.capacity()) store.reserve(std::max(wanted, 2 * store.capacity()));
  };
  make_room(nodes_, nodes);
  make_room(entries_, nodes / 2);
  make_room(items_, nodes / 4);
}

NodeId Tree::add_scalar(ValueKind kind, std::string_view kept_text, Span span, Style style) {
  Node& node = emplace();
  node.kind = kind;
  node.style = style;
  node.file = span.file;
  node.begin = span.begin;
  node.end = span.end;
  node.size = static_cast<std::uint32_t>(kept_text.size());
  node.text = kept_text.data();
  return last();
}

NodeId Tree::add_boolean(bool value, Span span) {
  const NodeId id = add_scalar(ValueKind::boolean, value ? "true" : "false", span, Style::computed);
  nodes_.back().boolean = value;
  return id;
}

NodeId Tree::add_integer(std::int64_t value, Span span) {
  const NodeId id = add_scalar(ValueKind::integer, keep(fmt::format_int(value).c_str()), span, Style::computed);
  nodes_.back().integer = value;
  return id;
}

NodeId Tree::add_floating(double value, std::string_view text, Span span) {
  const NodeId id = add_scalar(ValueKind::floating, keep(text), span, Style::computed);
  nodes_.back().floating = value;
  return id;
}

NodeId Tree::add_string(std::string_view text, Span span) {
  return add_scalar(ValueKind::string, keep(text), span, Style::computed);
}

NodeId Tree::add_sequence(std::span<const NodeId> items, Span span, Style style) {
  const NodeId id = add_scalar(ValueKind::sequence, {}, span, style);
  close_sequence(id, items, span.end);
  return id;
}

NodeId Tree::add_mapping(std::span<const Entry> entries, Span span, Style style) {
  const NodeId id = add_scalar(ValueKind::mapping, {}, span, style);
  close_mapping(id, entries, span.end);
  return id;
}

NodeId Tree::add_reference(NodeId target, Span span) {
  const NodeId id = add_scalar(ValueKind::reference, {}, span, Style::computed);
  close_sequence(id, {&target, 1}, span.end);
  return id;
}

void Tree::close_sequence(NodeId sequence, std::span<const NodeId> items, std::uint32_t end) {
  Node& node = nodes_[static_cast<std::size_t>(sequence)];
  node.first = static_cast<std::uint32_t>(items_.size());
  node.size = static_cast<std::uint32_t>(items.size());
  node.end = end;
  items_.insert(items_.end(), items.begin(), items.end());
}

void Tree::close_mapping(NodeId mapping, std::span<const Entry> entries, std::uint32_t end) {
  Node& node = nodes_[static_cast<std::size_t>(mapping)];
  node.first = static_cast<std::uint32_t>(entries_.size());
  node.size = static_cast<std::uint32_t>(entries.size());
  node.end = end;
  entries_.insert(entries_.end(), entries.begin(), entries.end());
}

Value to_value(const Tree& tree, NodeId id) {
  const Node& node = tree[id];
  switch (node.kind) {
    case ValueKind::null: return {};
    case ValueKind::boolean: return node.boolean;
    case ValueKind::integer: return node.integer;
    case ValueKind::floating: return node.floating;
    case ValueKind::sequence:
    case ValueKind::reference: {
      Value::Sequence items;
      for (const NodeId item : tree.items(id)) items.push_back(to_value(tree, item));
      return node.kind == ValueKind::sequence ? Value(std::move(items)) : Value::reference(std::move(items.front()));
    }
    case ValueKind::mapping: {
      Value::Mapping pairs;
      for (const Entry& entry : tree.entries(id)) {
        pairs.emplace_back(to_value(tree, entry.key), to_value(tree, entry.value));
      }
      return pairs;
    }
    default: return Value::text(node.kind, std::string(tree.text(id)));
  }
}

NodeId add_value(Tree& tree, const Value& value, Span span) {
  switch (value.kind()) {
    case ValueKind::null: return tree.add_scalar(ValueKind::null, {}, span, Style::computed);
    case ValueKind::boolean: return tree.add_boolean(value.boolean(), span);
    case ValueKind::integer: return tree.add_integer(value.integer(), span);
    case ValueKind::floating: return tree.add_floating(value.floating(), {}, span);
    case ValueKind::reference: return tree.add_reference(add_value(tree, value.items().front(), span), span);
    case ValueKind::sequence: {
      std::vector<NodeId> items;
      for (const Value& item : value.items()) items.push_back(add_value(tree, item, span));
      return tree.add_sequence(items, span);
    }
    case ValueKind::mapping: {
      std::vector<Entry> entries;
      for (const auto& [key, item] : value.pairs()) {
        const NodeId key_node = add_value(tree, key, span);
        entries.push_back({key_node, add_value(tree, item, span)});
      }
      return tree.add_mapping(entries, span);
    }
    default: return tree.add_scalar(value.kind(), tree.keep(value.text()), span, Style::computed);
  }
}

}  // namespace willrun::yaml
