#include "report/excerpt.hpp"

#include <algorithm>
#include <span>

#include "report/printable.hpp"

namespace willrun::report {

namespace {

// At most four bytes a code point, and combining ones take no column: what fits a row is well inside this many bytes.
constexpr std::size_t kBytesAColumn = 8;
constexpr std::string_view kCut = "…";

// The part of a line that can matter, on character boundaries.
struct Slice {
  std::string_view text;
  std::size_t begin = 0;  // byte offset in the line
};

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

Slice slice(std::string_view line, std::size_t mark, std::uint32_t most) {
  const std::size_t reach = std::size_t{most} * kBytesAColumn;
  std::size_t begin = mark > reach ? mark - reach : 0;
  for (int i = 0; i < 3 && begin < line.size() && begin > 0 && continues_character(line[begin]); ++i) ++begin;
  return {line.substr(begin, mark - begin + reach), begin};
}

// Columns of the marked cells, counted from the first cell.
struct Marks {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t all = 0;  // columns of every cell
};

Marks measure(std::span<const Cell> row, std::size_t begin, std::size_t end) {
  Marks marks;
  for (const Cell& cell : row) {
    if (cell.byte < begin) marks.begin += cell.columns;
    if (cell.byte < end) marks.end += cell.columns;
    marks.all += cell.columns;
  }
  marks.end = std::max(marks.end, marks.begin + 1);
  return marks;
}

// The cells that are printed: from column `first` on, `room` columns of them.
struct Window {
  std::uint32_t first = 0;
  std::uint32_t room = 0;
  bool cut_before = false;
  bool cut_after = false;
};

// Whole lines stay whole; of others the beginning is shown when it holds the marks, else the surroundings of the marks.
Window window(const Marks& marks, bool text_before, bool text_after, std::uint32_t most) {
  if (!text_before && !text_after && marks.all <= most) return {0, most, false, false};
  if (!text_before && marks.end + 1 <= most) return {0, most - 1, false, true};
  const std::uint32_t marked = std::min(marks.end - marks.begin, most * 2 / 3);
  const std::uint32_t before = std::min((most - marked) / 2, marks.begin);
  const std::uint32_t first = marks.begin - before;
  const bool cut_before = text_before || first > 0;
  const std::uint32_t room = most - (cut_before ? 1 : 0);
  const bool cut_after = text_after || marks.all - first > room;
  return {first, room - (cut_after ? 1 : 0), cut_before, cut_after};
}

}  // namespace

Excerpt excerpt(std::string_view line, std::size_t begin, std::size_t end, std::uint32_t most) {
  begin = std::min(begin, line.size());
  end = std::clamp(end, begin, line.size());
  const Slice part = slice(line, begin, most);
  const std::vector<Cell> row = cells(part.text);
  const Marks marks = measure(row, begin - part.begin, end - part.begin);
  const Window seen = window(marks, part.begin > 0, part.begin + part.text.size() < line.size(), most);

  Excerpt made;
  if (seen.cut_before) made.source += kCut;
  std::uint32_t column = 0;
  std::uint32_t used = 0;
  for (const Cell& cell : row) {
    const std::uint32_t at = column;
    column += cell.columns;
    if (at < seen.first) continue;
    if (used + cell.columns > seen.room) break;
    made.source += cell.text;
    used += cell.columns;
  }
  if (seen.cut_after) made.source += kCut;
  made.mark_begin = marks.begin - seen.first + (seen.cut_before ? 1 : 0);
  made.mark_columns = std::max(1U, std::min(marks.end, seen.first + used) - std::min(marks.begin, seen.first + used));
  return made;
}

}  // namespace willrun::report
