#include "model/inherit.hpp"

#include <algorithm>
#include <array>

namespace willrun::model {

namespace {

using yaml::kNoNode;
using yaml::NodeId;
using yaml::Tree;

constexpr std::array<std::string_view, 5> kOfFile = {"before_script", "image", "services", "after_script", "cache"};

NodeId unless_null(const Tree& tree, NodeId map, std::string_view key) {
  const NodeId found = map == kNoNode ? kNoNode : tree.find(map, key);
  return found != kNoNode && tree.kind(found) == ValueKind::null ? kNoNode : found;
}

}  // namespace

bool looks_like_job(const Tree& tree, NodeId value) {
  if (value == kNoNode) return false;
  return std::ranges::any_of(std::array<std::string_view, 3>{"script", "run", "trigger"},
                             [&](std::string_view key) { return tree.find(value, key) != kNoNode; });
}

bool workflow_has_rules(const Tree& tree, NodeId root) {
  const NodeId workflow = unless_null(tree, root, "workflow");
  return workflow != kNoNode && !looks_like_job(tree, workflow) && tree.find(workflow, "rules") != kNoNode;
}

Defaults::Defaults(const Tree& tree, NodeId root) : tree_(tree), root_(root) {
  const NodeId found = unless_null(tree, root, "default");
  if (found != kNoNode && tree.is_mapping(found) && !looks_like_job(tree, found)) default_ = found;
  for (std::size_t i = 0; i < kOfFile.size(); ++i) of_file_[i] = in(root, kOfFile[i]);
}

Defaults::Given Defaults::in(NodeId map, std::string_view key) const {
  const NodeId value = unless_null(tree_, map, key);
  if (value == kNoNode) return {};
  for (const yaml::Entry& entry : tree_.entries(map)) {
    if (entry.value == value && tree_.text(entry.key) == key) return {entry.key, value, map == root_};
  }
  return {};
}

bool Defaults::takes(NodeId job, std::string_view key) const {
  const NodeId wanted = unless_null(tree_, unless_null(tree_, job, "inherit"), "default");
  if (wanted == kNoNode) return true;
  if (tree_.kind(wanted) == ValueKind::boolean) return tree_[wanted].boolean;
  if (!tree_.is_sequence(wanted)) return true;
  return std::ranges::any_of(tree_.items(wanted), [&](NodeId item) { return tree_.text(item) == key; });
}

Defaults::Given Defaults::of_file(std::string_view key) const {
  const auto known = std::ranges::find(kOfFile, key);
  return known == kOfFile.end() ? Given{} : of_file_[static_cast<std::size_t>(known - kOfFile.begin())];
}

Defaults::Given Defaults::find(NodeId job, std::string_view key) const {
  if (!takes(job, key)) return {};
  const Given given = in(default_, key);
  return given.value != kNoNode ? given : of_file(key);
}

std::optional<std::string_view> Defaults::given_twice() const {
  for (const std::string_view key : kOfFile) {
    if (in(default_, key).value != kNoNode && of_file(key).value != kNoNode) return key;
  }
  return std::nullopt;
}

}  // namespace willrun::model
