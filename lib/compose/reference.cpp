#include "compose/reference.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include <willrun/nearest.hpp>
#include "diag/codes.hpp"
#include "ruby/print.hpp"

namespace willrun::compose {

namespace {

using diag::Code;
using yaml::Entry;
using yaml::kNoNode;
using yaml::NodeId;
using yaml::Tree;

class ReferenceResolver {
 public:
  ReferenceResolver(Tree& tree, NodeId root, const Limits& limits) : tree_(tree), root_(root), limits_(limits) {
    for (const Entry& entry : tree.entries(root)) {
      if (is_name(entry.key)) top_.try_emplace(tree.text(entry.key), entry.value);
    }
  }

  Outcome<NodeId> run() {
    const NodeId made = resolve(root_);
    if (error_) return {std::nullopt, {std::move(*error_)}};
    return {made, {}};
  }

 private:
  // What is known of a node that was met: its result, and what that unfolds to.
  struct Known {
    NodeId made = kNoNode;  // none while the node is in work
    std::uint64_t nodes = 1;
  };

  bool is_name(NodeId key) const { return tree_.is_string(key) || tree_.kind(key) == ValueKind::symbol; }

  NodeId resolve(NodeId id) {
    const ValueKind kind = tree_.kind(id);
    if (kind != ValueKind::sequence && kind != ValueKind::mapping && kind != ValueKind::reference) {
      ++nodes_;
      return id;
    }
    const auto [known, is_new] = known_.try_emplace(id);
    if (!is_new) return again(id, known->second);
    if (++depth_ > limits_.resolve_depth) too_big(id);
    const std::uint64_t outer_nodes = std::exchange(nodes_, 1U);
    const NodeId made = error_ ? kNoNode : resolve_new(id, kind);
    --depth_;
    known_[id] = {made, nodes_};
    nodes_ += outer_nodes;
    if (nodes_ > limits_.resolved_nodes) too_big(id);
    return made;
  }

  // Results hold wherever a node stands. A node in work that is met again is a circle through a reference.
  NodeId again(NodeId id, const Known& known) {
    nodes_ += known.nodes;
    if (nodes_ > limits_.resolved_nodes) too_big(id);
    if (known.made != kNoNode || error_) return known.made;
    return tree_.kind(id) == ValueKind::reference ? circle(id) : resolve_new(id, tree_.kind(id));
  }

  NodeId resolve_new(NodeId id, ValueKind kind) {
    if (kind == ValueKind::reference) return resolve_reference(id);
    return kind == ValueKind::sequence ? resolve_items(id) : resolve_pairs(id);
  }

  NodeId resolve_items(NodeId id) {
    const auto found = tree_.items(id);
    std::vector<NodeId> items(found.begin(), found.end());
    bool changed = false;
    for (NodeId& item : items) {
      const NodeId made = resolve(item);
      if (error_) return kNoNode;
      changed = changed || made != item;
      item = made;
    }
    return changed ? tree_.add_sequence(items, tree_.span(id), tree_[id].style) : id;
  }

  NodeId resolve_pairs(NodeId id) {
    const auto found = tree_.entries(id);
    std::vector<Entry> entries(found.begin(), found.end());
    bool changed = false;
    for (Entry& entry : entries) {
      const NodeId made = resolve(entry.value);
      if (error_) return kNoNode;
      changed = changed || made != entry.value;
      entry.value = made;
    }
    return changed ? tree_.add_mapping(entries, tree_.span(id), tree_[id].style) : id;
  }

  NodeId resolve_reference(NodeId id) {
    const NodeId path = tree_.items(id).front();
    if (!is_path(path)) return invalid(id, path);
    const NodeId target = dig(tree_.items(path));
    const NodeId made = target == kNoNode ? kNoNode : resolve(target);
    if (error_) return kNoNode;
    return made == kNoNode || is_nothing(made) ? missing(id, path) : made;
  }

  bool is_path(NodeId path) const {
    if (!tree_.is_sequence(path) || tree_[path].size == 0) return false;
    for (const NodeId item : tree_.items(path)) {
      if (!tree_.is_string(item)) return false;
    }
    return true;
  }

  NodeId dig(std::span<const NodeId> path) const {
    const auto first = top_.find(tree_.text(path.front()));
    NodeId at = first == top_.end() ? kNoNode : first->second;
    for (const NodeId step : path.subspan(1)) {
      if (at == kNoNode || !tree_.is_mapping(at)) return kNoNode;
      at = tree_.find(at, tree_.text(step));
    }
    return at;
  }

  // Ruby's falsy values count as not found.
  bool is_nothing(NodeId id) const {
    const yaml::Node& node = tree_[id];
    return node.kind == ValueKind::null || (node.kind == ValueKind::boolean && !node.boolean);
  }

  NodeId fail(Code code, NodeId reference, std::string message, std::string gitlab_text) {
    if (!error_) error_ = diag::make(code, tree_.span(reference), std::move(message), std::move(gitlab_text));
    return kNoNode;
  }

  NodeId invalid(NodeId reference, NodeId path) {
    // GitLab prints the text or map that stands there, and an empty list where there is nothing.
    const bool is_empty = tree_[path].size == 0;
    const std::string printed = is_empty ? "[]" : ruby::inspect(tree_, path);
    return fail(Code::reference_invalid, reference, "a `!reference` takes a list of key names, all of them texts",
                fmt::format("!reference {} is not valid", printed));
  }

  NodeId missing(NodeId reference, NodeId path) {
    const std::string printed = ruby::inspect(tree_, path);
    const bool is_new = !error_;
    fail(Code::reference_not_found, reference, fmt::format("nothing stands at {}", printed),
         fmt::format("!reference {} could not be found", printed));
    if (is_new) error_->help = advice(tree_.items(path));
    return kNoNode;
  }

  // A name near the first step that is not there.
  std::string advice(std::span<const NodeId> path) const {
    NodeId at = root_;
    for (const NodeId step : path) {
      const NodeId next = tree_.find(at, tree_.text(step));
      if (next == kNoNode) return suggestion(tree_.text(step), names_in(at));
      at = next;
    }
    return {};
  }

  std::vector<std::string_view> names_in(NodeId mapping) const {
    std::vector<std::string_view> names;
    for (const Entry& entry : tree_.entries(mapping)) {
      if (is_name(entry.key)) names.push_back(tree_.text(entry.key));
    }
    return names;
  }

  NodeId circle(NodeId reference) {
    const std::string printed = ruby::inspect(tree_, tree_.items(reference).front());
    return fail(Code::reference_cycle, reference, fmt::format("resolving {} leads back to this reference", printed),
                fmt::format("!reference {} is part of a circular chain", printed));
  }

  void too_big(NodeId id) {
    fail(Code::yaml_too_big, id,
         fmt::format("references unfold to more than {} values or {} levels", limits_.resolved_nodes,
                     limits_.resolve_depth),
         {});
  }

  Tree& tree_;
  NodeId root_;
  const Limits& limits_;
  std::unordered_map<std::string_view, NodeId> top_;  // the first path step is looked up once for each reference
  std::unordered_map<NodeId, Known> known_;
  std::uint64_t nodes_ = 0;  // that the node in work unfolds to, so far
  std::uint32_t depth_ = 0;
  std::optional<Diagnostic> error_;
};

}  // namespace

Outcome<NodeId> resolve_references(Tree& tree, NodeId root, const Limits& limits) {
  return ReferenceResolver(tree, root, limits).run();
}

}  // namespace willrun::compose
