#include "yaml/node_keys.hpp"

#include <functional>

namespace willrun::yaml {

namespace {

constexpr std::size_t kDeepestComparison = 100;  // keys nested deeper are over Limits::yaml_depth anyway

class Comparison {
 public:
  Comparison(const Tree& tree, std::size_t steps) : tree_(tree), steps_(steps) {}

  bool equal(NodeId a, NodeId b, std::size_t depth = 0) {
    if (a == b) return true;
    const Node& left = tree_[a];
    const Node& right = tree_[b];
    if (left.kind != right.kind) return false;
    switch (left.kind) {
      case ValueKind::null: return true;
      case ValueKind::boolean: return left.boolean == right.boolean;
      case ValueKind::integer: return left.integer == right.integer;
      case ValueKind::floating: return same_number(left.floating, right.floating);
      case ValueKind::sequence: return may_go_on(depth) && equal_items(a, b, depth + 1);
      case ValueKind::mapping: return may_go_on(depth) && equal_pairs(a, b, depth + 1);
      case ValueKind::reference: return false;  // objects of GitLab's, equal to themselves only
      default: return tree_.text(a) == tree_.text(b);
    }
  }

 private:
  static bool same_number(double a, double b) { return a == b || (a != a && b != b); }

  bool may_go_on(std::size_t depth) {
    if (steps_ == 0 || depth >= kDeepestComparison) return false;
    --steps_;
    return true;
  }

  bool equal_items(NodeId a, NodeId b, std::size_t depth) {
    const auto left = tree_.items(a);
    const auto right = tree_.items(b);
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (!equal(left[i], right[i], depth)) return false;
    }
    return true;
  }

  bool equal_pairs(NodeId a, NodeId b, std::size_t depth) {
    const auto left = tree_.entries(a);
    const auto right = tree_.entries(b);
    if (left.size() != right.size()) return false;
    for (const Entry& entry : left) {
      if (!has_pair(right, entry, depth)) return false;
    }
    return true;
  }

  bool has_pair(std::span<const Entry> pairs, const Entry& wanted, std::size_t depth) {
    for (const Entry& pair : pairs) {
      if (!may_go_on(depth)) return false;
      if (equal(pair.key, wanted.key, depth)) return equal(pair.value, wanted.value, depth);
    }
    return false;
  }

  const Tree& tree_;
  std::size_t steps_;
};

}  // namespace

bool equal_keys(const Tree& tree, NodeId a, NodeId b, std::size_t steps) { return Comparison(tree, steps).equal(a, b); }

std::size_t hash_key(const Tree& tree, NodeId key) {
  const Node& node = tree[key];
  const auto salt = static_cast<std::size_t>(node.kind) << 56U;
  switch (node.kind) {
    case ValueKind::null: return salt;
    case ValueKind::boolean: return salt + (node.boolean ? 1 : 0);
    case ValueKind::integer: return salt ^ std::hash<std::int64_t>()(node.integer);
    case ValueKind::floating: return salt ^ (node.floating == node.floating ? std::hash<double>()(node.floating) : 0);
    case ValueKind::sequence:
    case ValueKind::mapping: return salt + node.size;
    case ValueKind::reference: return salt + static_cast<std::size_t>(key);
    default: return salt ^ std::hash<std::string_view>()(tree.text(key));
  }
}

}  // namespace willrun::yaml
