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
  const std::size_t hash = hash_key(tree, key);
  const std::size_t known = find(tree, key, hash);
  if (known != entries_.size()) {
    entries_[known].value = value;
    return;
  }
  entries_.push_back({key, value});
  hashes_.push_back(hash);
  if (entries_.size() <= kMostCompared) return;
  if (entries_.size() * 2 > slots_.size()) {
    rehash();
  } else {
    insert(hash, static_cast<std::uint32_t>(entries_.size() - 1));
  }
}

std::size_t PairList::find(const Tree& tree, NodeId key, std::size_t hash) const {
  if (!slots_.empty()) return find_hashed(tree, key, hash);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (hashes_[i] == hash && equal_keys(tree, entries_[i].key, key, kKeySteps)) return i;
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

void PairList::rehash() {
  slots_.assign(std::max<std::size_t>(32, slots_.size() * 4), kFree);
  for (std::size_t i = 0; i < hashes_.size(); ++i) insert(hashes_[i], static_cast<std::uint32_t>(i));
}

void PairList::insert(std::size_t hash, std::uint32_t entry) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != kFree) slot = (slot + 1) & mask;
  slots_[slot] = entry;
}

}  // namespace willrun::yaml
