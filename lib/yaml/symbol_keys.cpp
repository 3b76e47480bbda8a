#include "yaml/symbol_keys.hpp"

#include <unordered_map>

namespace willrun::yaml {

namespace {

class Unifier {
 public:
  explicit Unifier(Tree& tree) : tree_(tree) {}

  NodeId unify(NodeId id) {
    const ValueKind kind = tree_.kind(id);
    if (kind != ValueKind::sequence && kind != ValueKind::mapping) return id;
    const auto known = known_.find(id);
    if (known != known_.end()) return known->second;
    const NodeId made = kind == ValueKind::sequence ? unify_items(id) : unify_pairs(id);
    known_.emplace(id, made);
    return made;
  }

 private:
  NodeId unify_items(NodeId id) {
    const auto found = tree_.items(id);
    std::vector<NodeId> items(found.begin(), found.end());
    bool changed = false;
    for (NodeId& item : items) {
      const NodeId made = unify(item);
      changed = changed || made != item;
      item = made;
    }
    return changed ? tree_.add_sequence(items, tree_.span(id), tree_[id].style) : id;
  }

  NodeId unify_pairs(NodeId id) {
    const auto found = tree_.entries(id);
    const std::vector<Entry> before(found.begin(), found.end());
    std::vector<Entry> after;
    std::unordered_map<std::string_view, std::size_t> places;
    bool changed = false;
    for (const Entry& entry : before) {
      const NodeId value = unify(entry.value);
      changed = changed || value != entry.value;
      const ValueKind kind = tree_.kind(entry.key);
      const bool is_name = kind == ValueKind::string || kind == ValueKind::symbol;
      const auto [place, is_new] =
          is_name ? places.try_emplace(tree_.text(entry.key), after.size()) : std::pair(places.end(), true);
      if (is_new) {
        after.push_back({entry.key, value});
      } else {
        after[place->second].value = value;
        changed = true;
      }
    }
    return changed ? tree_.add_mapping(after, tree_.span(id), tree_[id].style) : id;
  }

  Tree& tree_;
  std::unordered_map<NodeId, NodeId> known_;
};

}  // namespace

NodeId unify_keys(Tree& tree, NodeId root) { return Unifier(tree).unify(root); }

}  // namespace willrun::yaml
