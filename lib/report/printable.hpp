// Text of unknown origin, made safe for a terminal and measured in its columns.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace willrun::report {

// One character as it is printed. `byte` is where it stands in the text that was split.
struct Cell {
  std::string text;
  std::uint32_t byte = 0;
  std::uint32_t columns = 1;
};

// A tab is four columns wherever it stands. Control characters become their Unicode pictures; invalid bytes and marks
// that reorder text become U+FFFD.
std::vector<Cell> cells(std::string_view line);

// A text as it may be printed: as cells() does it, but line breaks stay.
std::string printable(std::string_view text);

std::uint32_t columns(std::string_view text);

// The text in one line of at most `most` columns: white space is collapsed, and `…` stands for what was cut.
std::string one_line(std::string_view text, std::uint32_t most);

}  // namespace willrun::report
