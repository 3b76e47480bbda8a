#include "report/printable.hpp"

#include "base/utf8.hpp"

namespace willrun::report {

namespace {

constexpr std::uint32_t kTabColumns = 4;
constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kControlPictures = 0x2400;
constexpr char32_t kDelete = 0x7F;

// Bidirectional controls can make a line read otherwise than it runs.
bool reorders_text(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

char32_t shown(const utf8::Decoded& character) {
  const char32_t c = character.code_point;
  if (!character.valid || reorders_text(c) || (c >= 0x80 && c < 0xA0)) return kReplacement;
  if (c < 0x20) return kControlPictures + c;
  if (c == kDelete) return kControlPictures + 0x21;
  return c;
}

Cell cell(std::string_view line, std::size_t at, const utf8::Decoded& character) {
  Cell made;
  made.byte = static_cast<std::uint32_t>(at);
  if (line[at] == '\t') {
    made.text.assign(kTabColumns, ' ');
    made.columns = kTabColumns;
    return made;
  }
  const char32_t c = shown(character);
  utf8::append(made.text, c);
  made.columns = static_cast<std::uint32_t>(utf8::width(c));
  return made;
}

}  // namespace

std::vector<Cell> cells(std::string_view line) {
  std::vector<Cell> all;
  all.reserve(line.size());
  for (std::size_t at = 0; at < line.size();) {
    const utf8::Decoded character = utf8::decode(line, at);
    all.push_back(cell(line, at, character));
    at += character.size;
  }
  return all;
}

std::string printable(std::string_view text) {
  std::string out;
  for (const Cell& one : cells(text)) {
    if (text[one.byte] == '\n') {
      out += '\n';
    } else {
      out += one.text;
    }
  }
  return out;
}

std::uint32_t columns(std::string_view text) {
  std::uint32_t sum = 0;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Decoded character = utf8::decode(text, at);
    sum += static_cast<std::uint32_t>(utf8::width(shown(character)));
    at += character.size;
  }
  return sum;
}

std::string one_line(std::string_view text, std::uint32_t most) {
  std::string out;
  std::uint32_t used = 0;
  bool gap = false;
  for (const Cell& one : cells(text)) {
    const char byte = text[one.byte];
    if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') {
      gap = used > 0;
      continue;
    }
    if (used + one.columns + (gap ? 2U : 1U) > most) return out + "…";
    if (gap) out += ' ';
    used += one.columns + (gap ? 1U : 0U);
    gap = false;
    out += one.text;
  }
  return out;
}

}  // namespace willrun::report
