// Where the interpolation blocks of a text stand, and what each is made of.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace willrun::inputs {

// A block in a text; views into that text.
struct Block {
  std::string_view text;  // `$[[ inputs.x | truncate(0,8) ]]`
  std::string_view data;  // `inputs.x | truncate(0,8)`
};

// The first block at or after an offset that find_blocks() would find there; linear in the text over all calls.
class BlockFinder {
 public:
  explicit BlockFinder(std::string_view text) : text_(text) {}
  std::optional<Block> next();

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  // A block whose data would start before this place fails: one that started there already ran to the end of the line.
  std::size_t dead_until_ = 0;
};

// All blocks from left to right; they do not overlap.
std::vector<Block> find_blocks(std::string_view text);

// `$[[ matrix.x ]]`: filled in much later, when a job's matrix is known, so interpolation leaves it.
bool is_matrix_block(const Block& block);

// A block's data as GitLab splits it: at each `|`, white space around the pieces taken away, empty pieces at the end
// dropped. The access is empty when there is nothing else.
struct BlockParts {
  std::string_view access;
  std::vector<std::string_view> functions;
};
BlockParts split_block(std::string_view data);

}  // namespace willrun::inputs
