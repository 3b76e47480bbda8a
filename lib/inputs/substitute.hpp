// Putting values into a text, as Ruby's `text.gsub(block, value)` does for one block after another.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace willrun::inputs {

// A block's text and what is to stand there.
struct Replacement {
  std::string_view block;
  std::string value;
};

enum class SubstituteStatus : std::uint8_t {
  done,
  crashed,  // Ruby raises: `\k<` in a value
  too_big,  // over the limit
};

struct Substituted {
  std::string text;
  SubstituteStatus status = SubstituteStatus::done;
};

// Replaces each block wherever it stands, in the order given (category value_text):
// 1. in a value `\0` and `\&` mean the block, `\`` and `\'` what stands before and behind it, `\\` a backslash, `\1` to
//    `\9` and `\+` nothing, and `\k<...>` makes Ruby raise; other backslashes are plain;
// 2. what a value brought in is searched for the blocks that come later in the order, so values can complete or bring
//    such a block.
// The replacements are the blocks of the text that are to be replaced, from left to right, each occurrence once; none
// holds a further `$[[`, since such a block has no value.
Substituted substitute(std::string_view text, std::span<const Replacement> replacements, std::uint64_t limit);

}  // namespace willrun::inputs
