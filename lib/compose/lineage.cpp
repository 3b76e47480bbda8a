#include "compose/lineage.hpp"

#include <algorithm>

namespace willrun::compose {

namespace {

using yaml::kNoNode;
using yaml::NodeId;

constexpr std::size_t kDeepest = 16;  // more than GitLab lets jobs extend each other

bool contains(Span whole, Span part) {
  return whole.file == part.file && whole.begin <= part.begin && part.end <= whole.end;
}

}  // namespace

std::optional<std::string_view> Lineage::owner(Span place) const {
  for (const yaml::Entry& entry : tree_.entries(root_)) {
    if (contains(tree_.span(entry.value), place) || contains(tree_.span(entry.key), place))
      return tree_.text(entry.key);
  }
  return std::nullopt;
}

bool Lineage::find_way(NodeId job, std::string_view to, std::size_t depth, std::vector<Span>& way) const {
  const NodeId extends = job == kNoNode || depth == kDeepest ? kNoNode : tree_.find(job, "extends");
  if (extends == kNoNode) return false;
  const std::span<const NodeId> bases = tree_.is_sequence(extends) ? tree_.items(extends) : std::span(&extends, 1);
  return std::any_of(bases.begin(), bases.end(), [&](NodeId base) {
    way.push_back(tree_.span(base));
    if (tree_.text(base) == to || find_way(tree_.find(root_, tree_.text(base)), to, depth + 1, way)) return true;
    way.pop_back();
    return false;
  });
}

std::vector<Span> Lineage::steps(std::string_view from, std::string_view to) const {
  std::vector<Span> way;
  find_way(tree_.find(root_, from), to, 0, way);
  return way;
}

}  // namespace willrun::compose
