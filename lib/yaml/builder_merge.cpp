// The builder's merge keys: `<<` as Psych applies it (conformance category merge).
#include <fmt/format.h>

#include "diag/codes.hpp"
#include "yaml/builder.hpp"

namespace willrun::yaml {

namespace {
// Our own limit: pairs that merge keys may copy in one document. What GitLab's size limit lets pass is far below.
constexpr std::size_t kMostMergedPairs = 1'000'000;
}  // namespace

// Whether the key was a merge; a value that is no mapping stays under a key `<<`.
bool Builder::merge(NodeId value, Source source) {
  PairList& target = pairs_at(frames_.size() - 1);
  if (source == Source::scalar) return false;
  if (source != Source::sequence) return tree_.is_mapping(value) && merge_pairs(target, value);
  if (tree_.kind(value) == ValueKind::reference) {
    crash(tree_.span(value), "a `!reference` list stands under a merge key");
    return false;
  }
  if (tree_.is_mapping(value)) return tree_.entries(value).empty();  // `!!omap`: its pairs are no mappings
  return merge_items(tree_.items(value));
}

// All or nothing. The last of the mappings comes first, so that an earlier one wins and a later one's keys stand first.
bool Builder::merge_items(std::span<const NodeId> items) {
  for (const NodeId item : items) {
    if (!tree_.is_mapping(item)) return false;
  }
  PairList merged;
  for (std::size_t i = items.size(); i-- > 0;) merge_pairs(merged, items[i]);
  PairList& target = pairs_at(frames_.size() - 1);
  for (const Entry& entry : merged.entries()) target.put(tree_, entry.key, entry.value);
  return true;
}

bool Builder::merge_pairs(PairList& into, NodeId mapping) {
  const std::span<const Entry> pairs = pairs_so_far(mapping);
  merged_ += pairs.size();
  if (merged_ > kMostMergedPairs) {
    fail(diag::make(diag::Code::yaml_too_big, tree_.span(mapping),
                    fmt::format("merge keys copy more than {} pairs", kMostMergedPairs), "The parsed YAML is too big"));
    return false;
  }
  if (pairs.data() == into.entries().data()) return true;
  for (const Entry& entry : pairs) into.put(tree_, entry.key, entry.value);
  return true;
}

// An alias may name a mapping that is still open: what it holds by then is merged.
std::span<const Entry> Builder::pairs_so_far(NodeId mapping) const {
  for (std::size_t depth = 0; depth < frames_.size(); ++depth) {
    if (frames_[depth].node == mapping && frames_[depth].is_mapping) return pairs_[depth]->entries();
  }
  return tree_.entries(mapping);
}

}  // namespace willrun::yaml
