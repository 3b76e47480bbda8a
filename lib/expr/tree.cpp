#include "expr/tree.hpp"

#include <algorithm>

namespace willrun::expr {

namespace {

// Calls `visit` for each node of the tree from the root, a node before its children and left before right; `leave`
// after the children. Children of a node for which `visit` gives false are left out. Keeps its own stack: a tree may be
// deep.
template <class Visit, class Leave>
void walk(const Tree& tree, Visit visit, Leave leave) {
  struct Step {
    NodeIndex node;
    bool done;
  };
  std::vector<Step> steps;
  if (!tree.nodes.empty()) steps.push_back({static_cast<NodeIndex>(tree.nodes.size() - 1), false});
  while (!steps.empty()) {
    const Step step = steps.back();
    steps.pop_back();
    const Node& node = tree.nodes[step.node];
    if (step.done) {
      leave(node);
      continue;
    }
    if (!visit(node) || is_operand(node.kind)) continue;
    steps.push_back({step.node, true});
    steps.push_back({node.children.right, false});
    if (node.kind != TokenKind::logical_not) steps.push_back({node.children.left, false});
  }
}

}  // namespace

std::vector<std::string_view> Tree::input_names(std::string_view text) const {
  std::vector<std::string_view> names;
  const auto visit = [&](const Node& node) {
    if (node.kind == TokenKind::input) {
      const std::string_view name = node.content.of(text);
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return node.kind != TokenKind::logical_not;
  };
  walk(*this, visit, [](const Node&) {});
  return names;
}

std::string print(const Tree& tree, std::string_view text) {
  std::string out;
  const auto visit = [&](const Node& node) {
    if (!out.empty()) out += ' ';
    if (is_operand(node.kind)) {
      out += node.range.of(text);
    } else {
      out += '(';
      out += name(node.kind);
    }
    return true;
  };
  walk(tree, visit, [&](const Node&) { out += ')'; });
  return out;
}

}  // namespace willrun::expr
