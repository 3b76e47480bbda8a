// Bracket expressions of a glob: `[a-z]`, `[!x]`, `[^x]`.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "glob/braces.hpp"

namespace willrun::glob {

// A character of a path or glob: a code point, or 0x110000 + byte for a byte that is not UTF-8.
struct Character {
  char32_t value = 0;
  std::uint8_t size = 1;  // bytes
};

inline constexpr char32_t kFirstInvalid = 0x110000;

// The character at `at`, which must be inside the text.
Character character_at(std::string_view text, std::size_t at);

struct Range {
  char32_t first = 0;
  char32_t last = 0;
};

struct CharacterClass {
  bool negated = false;
  std::vector<Range> ranges;
  std::uint32_t end = 0;  // where the glob goes on behind the `]`
};

// All classes that the text behind a `[` (at `begin`) can spell: one without braces, several when groups reach into the
// brackets, none when no `]` follows (such a bracket never matches). A `]` right at the start ends the class, which is
// then empty. Each step is taken off `budget`, which the brackets of one glob share; none is given once it is used up.
std::vector<CharacterClass> read_bracket(std::string_view glob, const Braces& braces, std::uint32_t begin,
                                         std::uint64_t& budget);

}  // namespace willrun::glob
