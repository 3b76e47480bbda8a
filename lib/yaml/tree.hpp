// The node tree that every stage from loading to the model works on: flat arrays of nodes that only grow.
//
// Invariants:
// - A node never changes once it is made, except that a collection under construction gets its children when it is
// closed.
//   Later stages make new nodes and share what did not change, so composition costs what it changes and no more.
// - An alias is the same NodeId as its anchor's node: the tree is a directed graph without copies. Loading refuses
// cycles
//   and anything over the size limits, so walking a loaded tree always ends, and recursion is bounded by
//   Limits::yaml_depth (callers that build deeper trees bound themselves).
// - A node's span is where its text stands, for ever: through includes, extends, references and interpolation.
// - String keys: the loader unifies them with symbols as GitLab's loader does (`a` and `:a` are one key), so key lookup
//   is by text, whether the key node is a string or a symbol.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <willrun/source.hpp>
#include <willrun/value.hpp>

#include "base/arena.hpp"

namespace willrun::yaml {

enum class NodeId : std::uint32_t {};
inline constexpr NodeId kNoNode{0xFFFFFFFFU};

// How a scalar was written; `computed` for nodes that no text spells (interpolated, defaulted).
enum class Style : std::uint8_t { plain, single_quoted, double_quoted, literal, folded, block, flow, computed };

// 32 bytes. `text` and `first` share their place: scalars have a text, collections and references have children.
struct Node {
  ValueKind kind = ValueKind::null;
  Style style = Style::plain;
  FileId file{};
  std::uint32_t begin = 0;  // bytes in the file, as in Span
  std::uint32_t end = 0;
  std::uint32_t size = 0;  // scalars: bytes of text; sequences: items; mappings: pairs; references: 1
  union {
    const char* text = nullptr;  // strings and symbols: their decoded value; other scalars: as written
    std::uint32_t first;         // index of the first child in the tree's item or entry array
  };
  union {
    std::int64_t integer = 0;
    double floating;
    bool boolean;
  };
};
static_assert(sizeof(Node) == 32);

// One pair of a mapping.
struct Entry {
  NodeId key;
  NodeId value;
};

// Owns its nodes and every text that no source file owns; texts of source files must outlive it.
// Threads: const members may be called concurrently while nothing is added.
class Tree {
 public:
  const Node& operator[](NodeId id) const { return nodes_[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return nodes_.size(); }

  ValueKind kind(NodeId id) const { return (*this)[id].kind; }
  Span span(NodeId id) const;
  // The text of a scalar: decoded for strings and symbols, as written otherwise. Empty for collections.
  std::string_view text(NodeId id) const;
  // Children of a sequence, or the single one of a reference; empty for every other kind.
  std::span<const NodeId> items(NodeId id) const;
  // Pairs of a mapping in document order; empty for every other kind.
  std::span<const Entry> entries(NodeId id) const;
  // The value under a string or symbol key; kNoNode when there is none, or `mapping` is no mapping
  // or kNoNode itself, so that lookups may follow each other. Linear in the pairs.
  NodeId find(NodeId mapping, std::string_view key) const;

  bool is_string(NodeId id) const { return kind(id) == ValueKind::string; }
  bool is_mapping(NodeId id) const { return kind(id) == ValueKind::mapping; }
  bool is_sequence(NodeId id) const { return kind(id) == ValueKind::sequence; }

  // Makes room for what a text of this size usually holds, so that nodes are not moved while they are added.
  void reserve(std::size_t text_bytes);

  // Adds an empty node, to be filled in place at once: copying what was just written stalls. The reference holds until
  // the next node is added.
  Node& emplace() { return nodes_.emplace_back(); }
  NodeId last() const { return static_cast<NodeId>(nodes_.size() - 1); }
  // Adds a whole node as it is. A scalar's text must outlive the tree: pass it through keep() where it does not.
  NodeId add(const Node& node) {
    nodes_.push_back(node);
    return last();
  }
  NodeId add_scalar(ValueKind kind, std::string_view kept_text, Span span, Style style);
  NodeId add_boolean(bool value, Span span);
  NodeId add_integer(std::int64_t value, Span span);  // its text is the decimal form
  NodeId add_floating(double value, std::string_view text, Span span);
  NodeId add_string(std::string_view text, Span span);  // copies the text
  NodeId add_sequence(std::span<const NodeId> items, Span span, Style style = Style::computed);
  NodeId add_mapping(std::span<const Entry> entries, Span span, Style style = Style::computed);
  NodeId add_reference(NodeId target, Span span);
  // Gives an open collection (made with add(), size 0) its children.
  void close_sequence(NodeId sequence, std::span<const NodeId> items, std::uint32_t end);
  void close_mapping(NodeId mapping, std::span<const Entry> entries, std::uint32_t end);
  // Copies a text into the tree's own store.
  std::string_view keep(std::string_view text) { return texts_.copy(text); }
  char* allocate_text(std::size_t size) { return texts_.allocate(size); }

 private:
  std::vector<Node> nodes_;
  std::vector<NodeId> items_;
  std::vector<Entry> entries_;
  Arena texts_;
};

// Calls `visit` with each item of a list that is no null, lists in lists read as one, as GitLab flattens them. Any
// other node counts as a list of itself; kNoNode as an empty one.
template <class Visit>
void each_flat(const Tree& tree, NodeId list, const Visit& visit) {
  if (list == kNoNode || tree.kind(list) == ValueKind::null) return;
  if (!tree.is_sequence(list)) return visit(list);
  for (const NodeId item : tree.items(list)) each_flat(tree, item, visit);
}

// The node as a value of its own, deep.
Value to_value(const Tree& tree, NodeId id);
// Adds a value as nodes, all with this span and Style::computed. Strings are copied.
NodeId add_value(Tree& tree, const Value& value, Span span);

}  // namespace willrun::yaml
