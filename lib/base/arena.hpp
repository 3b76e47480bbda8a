// Bytes that stay where they are until the arena goes: decoded scalars and other text that no source file holds.
#pragma once

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace willrun {

// Hands out copies of texts from blocks that grow. Moving the arena does not move the texts. Threads: not synchronised.
class Arena {
 public:
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* place = allocate(text.size());
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }

  // Room for `size` bytes (not aligned for anything but char).
  char* allocate(std::size_t size) {
    if (size > left_) grow(size);
    char* place = next_;
    next_ += size;
    left_ -= size;
    return place;
  }

 private:
  void grow(std::size_t size) {
    const std::size_t block = size > next_block_ ? size : next_block_;
    if (next_block_ < kLargestBlock) next_block_ *= 2;
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block));
    next_ = blocks_.back().get();
    left_ = block;
  }

  static constexpr std::size_t kLargestBlock = std::size_t{1} << 20U;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t next_block_ = 4096;
};

}  // namespace willrun
