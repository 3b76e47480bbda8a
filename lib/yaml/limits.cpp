#include "yaml/limits.hpp"

#include <fmt/format.h>

#include "diag/codes.hpp"

namespace willrun::yaml {

namespace {

constexpr std::string_view kTooBig = "The parsed YAML is too big";
constexpr std::uint64_t kHuge = std::uint64_t{1} << 40U;  // sums stop here, so that they cannot overflow

class Measure {
 public:
  Measure(const Tree& tree, NodeId first, bool has_alias, const Limits& limits)
      : tree_(tree),
        first_(static_cast<std::size_t>(first)),
        limits_(limits),
        has_alias_(has_alias),
        known_(has_alias ? tree.size() - first_ : 1) {}

  // Bytes of the node and everything below; `depth` counts the collections above it.
  std::uint64_t bytes(NodeId id, std::uint32_t depth) {
    const Node& node = tree_[id];
    switch (node.kind) {
      case ValueKind::string: return string_bytes(node.size);
      case ValueKind::sequence:
      case ValueKind::mapping:
      case ValueKind::reference: return collection_bytes(id, node.kind == ValueKind::reference ? depth : depth + 1);
      default: return 0;
    }
  }

  std::optional<NodeId> too_deep() const { return too_deep_; }

 private:
  struct Known {
    std::uint64_t bytes = 0;
    std::uint32_t height = 0;  // collections from here to the deepest below, this one included
    bool is_open = false;
    bool is_done = false;
  };

  std::uint64_t collection_bytes(NodeId id, std::uint32_t depth) {
    if (!has_alias_) return tree_bytes(id, depth);
    Known& known = known_[static_cast<std::size_t>(id) - first_];
    const bool is_deep = depth > limits_.yaml_depth || (known.is_done && depth - 1 + known.height > limits_.yaml_depth);
    if (is_deep || known.is_open) too_deep_ = id;
    if (known.is_done) height_ = std::max(height_, known.height);
    if (too_deep_ || known.is_done) return known.bytes;
    known.is_open = true;
    const std::uint32_t outer_height = std::exchange(height_, 0U);
    const std::uint64_t total = own_bytes(id) + children_bytes(id, depth);
    known.bytes = std::min(total, kHuge);
    known.height = height_ + (tree_.kind(id) == ValueKind::reference ? 0 : 1);
    known.is_open = false;
    known.is_done = true;
    height_ = std::max(outer_height, known.height);
    return known.bytes;
  }

  // Nothing below stands in two places.
  std::uint64_t tree_bytes(NodeId id, std::uint32_t depth) {
    if (depth > limits_.yaml_depth) too_deep_ = id;
    return too_deep_ ? 0 : own_bytes(id) + children_bytes(id, depth);
  }

  std::uint64_t own_bytes(NodeId id) const {
    if (tree_.kind(id) == ValueKind::reference) return 0;
    return tree_.is_mapping(id) ? map_bytes(tree_[id].size) : list_bytes(tree_[id].size);
  }

  std::uint64_t children_bytes(NodeId id, std::uint32_t depth) {
    std::uint64_t total = 0;
    for (const NodeId item : tree_.items(id)) total = std::min(total + bytes(item, depth), kHuge);
    for (const Entry& entry : tree_.entries(id)) {
      total = std::min(total + bytes(entry.key, depth) + bytes(entry.value, depth), kHuge);
    }
    // GitLab does not look into its own reference objects; their nesting is bounded here all the same.
    return tree_.kind(id) == ValueKind::reference ? 0 : total;
  }

  const Tree& tree_;
  std::size_t first_;
  const Limits& limits_;
  bool has_alias_;
  std::vector<Known> known_;
  std::uint32_t height_ = 0;  // of the highest child seen so far of the collection in work
  std::optional<NodeId> too_deep_;
};

}  // namespace

std::uint64_t string_bytes(std::size_t length) {
  constexpr std::size_t kEmbedded = 23;
  return length <= kEmbedded ? 40 : 41 + std::uint64_t{length};
}

std::uint64_t list_bytes(std::size_t items) {
  constexpr std::size_t kEmbedded = 3;
  if (items <= kEmbedded) return 40;
  std::uint64_t capacity = 20;
  while (capacity < items) capacity += 1 + std::max<std::uint64_t>(16, capacity / 2);
  return 40 + 8 * capacity;
}

std::uint64_t map_bytes(std::size_t pairs) {
  if (pairs == 0) return 40;
  if (pairs <= 8) return 168;
  std::uint64_t capacity = 32;
  while (capacity < pairs) capacity *= 2;
  const std::uint64_t index_bytes = capacity >= 256 ? 2 : 1;
  return 96 + 24 * capacity + 2 * capacity * index_bytes;
}

std::optional<Diagnostic> check_size(const Tree& tree, NodeId first, NodeId root, bool has_alias,
                                     const Limits& limits) {
  Measure measure(tree, first, has_alias, limits);
  const std::uint64_t bytes = measure.bytes(root, 0);
  if (measure.too_deep()) {
    return diag::make(diag::Code::yaml_too_big, tree.span(*measure.too_deep()),
                      fmt::format("nested deeper than {} levels", limits.yaml_depth), std::string(kTooBig));
  }
  if (bytes <= limits.yaml_object_bytes) return std::nullopt;
  const Span start{tree.span(root).file, tree.span(root).begin, tree.span(root).begin};
  return diag::make(diag::Code::yaml_too_big, start,
                    fmt::format("the text unfolds to more than {} bytes of objects", limits.yaml_object_bytes),
                    std::string(kTooBig));
}

}  // namespace willrun::yaml
