#include "yaml/pair_list.hpp"

#include "yaml/node_keys.hpp"

namespace willrun::yaml {

namespace {
// Our own limit on comparing two collections that are keys; two such keys in one mapping are rare even at this size.
constexpr std::size_t kKeySteps = 1'000;
}  // namespace

void PairList::clear() {
  entries_.clear();
  hashes_.clear();
  slots_.clear();
}

void PairList::put(const Tree& tree, NodeId key, NodeId value) {
  if (!slots_.empty()) return put_hashed(tree, key, value);
  const std::size_t known = find(tree, key);
  if (known != entries_.size()) {
    entries_[known].value = value;
    return;
  }
  entries_.push_back({key, value});
  if (entries_.size() > kMostCompared) rehash(tree);
}

void PairList::put_hashed(const Tree& tree, NodeId key, NodeId value) {
  const std::size_t hash = hash_key(tree, key);
  const std::size_t known = find_hashed(tree, key, hash);
  if (known != entries_.size()) {
    entries_[known].value = value;
    return;
  }
  entries_.push_back({key, value});
  if (entries_.size() * 2 > slots_.size()) return rehash(tree);
  hashes_.push_back(hash);
  insert(hash, static_cast<std::uint32_t>(entries_.size() - 1));
}

NodeId PairList::get(const Tree& tree, NodeId key) const {
  const std::size_t known = slots_.empty() ? find(tree, key) : find_hashed(tree, key, hash_key(tree, key));
  return known == entries_.size() ? kNoNode : entries_[known].value;
}

std::size_t PairList::find(const Tree& tree, NodeId key) const {
  const Node& wanted = tree[key];
  const bool is_text = wanted.kind == ValueKind::string;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Node& known = tree[entries_[i].key];
    if (known.kind != wanted.kind || (is_text && known.size != wanted.size)) continue;
    if (equal_keys(tree, entries_[i].key, key, kKeySteps)) return i;
  }
  return entries_.size();
}

std::size_t PairList::find_hashed(const Tree& tree, NodeId key, std::size_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask; slots_[slot] != kFree; slot = (slot + 1) & mask) {
    const std::uint32_t entry = slots_[slot];
    if (hashes_[entry] == hash && equal_keys(tree, entries_[entry].key, key, kKeySteps)) return entry;
  }
  return entries_.size();
}

void PairList::rehash(const Tree& tree) {
  slots_.assign(std::max<std::size_t>(32, slots_.size() * 4), kFree);
  while (hashes_.size() < entries_.size()) hashes_.push_back(hash_key(tree, entries_[hashes_.size()].key));
  for (std::size_t i = 0; i < hashes_.size(); ++i) insert(hashes_[i], static_cast<std::uint32_t>(i));
}

void PairList::insert(std::size_t hash, std::uint32_t entry) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != kFree) slot = (slot + 1) & mask;
  slots_[slot] = entry;
}

}  // namespace willrun::yaml
