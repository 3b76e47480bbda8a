// A source line with marks under a part of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace willrun::report {

// Two rows of the same columns: the line as printed, and what stands under it.
struct Excerpt {
  std::string source;
  std::uint32_t mark_begin = 0;    // column of the first mark, 0-based
  std::uint32_t mark_columns = 1;  // at least 1: an empty span still shows its place
};

// `begin` and `end` are bytes in `line`; an end behind the line is cut there. A line wider than `most` columns is cut
// around the marks, with `…` where text is missing. Costs what is printed, not what the line holds.
Excerpt excerpt(std::string_view line, std::size_t begin, std::size_t end, std::uint32_t most);

}  // namespace willrun::report
