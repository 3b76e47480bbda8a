// Texts as dense numbers: variable names become slots, patterns become pool indexes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/arena.hpp"

namespace willrun {

// Gives equal texts the same number, counted from 0 in order of first use. Owns its texts.
// Threads: adding is not synchronised; const members may be called concurrently when nothing is added.
class Interner {
 public:
  std::uint32_t add(std::string_view text) {
    const auto known = ids_.find(text);
    if (known != ids_.end()) return known->second;
    const auto id = static_cast<std::uint32_t>(texts_.size());
    const std::string_view kept = arena_.copy(text);
    texts_.push_back(kept);
    ids_.emplace(kept, id);
    return id;
  }

  std::optional<std::uint32_t> find(std::string_view text) const {
    const auto known = ids_.find(text);
    if (known == ids_.end()) return std::nullopt;
    return known->second;
  }

  std::string_view text(std::uint32_t id) const { return texts_[id]; }
  std::size_t size() const { return texts_.size(); }

 private:
  Arena arena_;
  std::vector<std::string_view> texts_;
  std::unordered_map<std::string_view, std::uint32_t> ids_;
};

}  // namespace willrun
