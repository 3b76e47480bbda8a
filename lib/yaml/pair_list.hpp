// The pairs of a mapping while it is read: a Ruby hash.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "yaml/tree.hpp"

namespace willrun::yaml {

// Keeps the order of first insertion; a later value of the same key takes the first one's place. Few keys are compared
// one by one, many are hashed, so a mapping costs what its pairs cost. May be cleared and used again.
class PairList {
 public:
  void clear();
  void put(const Tree& tree, NodeId key, NodeId value);
  // The value under a key; kNoNode when there is none.
  NodeId get(const Tree& tree, NodeId key) const;
  std::span<const Entry> entries() const { return entries_; }

 private:
  static constexpr std::size_t kMostCompared = 8;
  static constexpr std::uint32_t kFree = 0xFFFFFFFFU;

  std::size_t find(const Tree& tree, NodeId key) const;
  std::size_t find_hashed(const Tree& tree, NodeId key, std::size_t hash) const;
  void put_hashed(const Tree& tree, NodeId key, NodeId value);
  void rehash(const Tree& tree);
  void insert(std::size_t hash, std::uint32_t entry);

  std::vector<Entry> entries_;
  std::vector<std::size_t> hashes_;   // of the keys; empty while there are few
  std::vector<std::uint32_t> slots_;  // open addressing, a power of two; empty while there are few
};

}  // namespace willrun::yaml
