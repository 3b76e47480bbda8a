#include "yaml/written.hpp"

namespace willrun::yaml {

namespace {

bool is_break(char c) { return c == '\n' || c == '\r'; }
bool is_white(char c) { return c == ' ' || c == '\t' || is_break(c); }

std::uint32_t skip_comment(std::string_view text, std::uint32_t at, std::uint32_t end) {
  while (at < end && !is_break(text[at])) ++at;
  return at;
}

// The end of the header line of a block scalar (`|-2`), its comment left out.
std::uint32_t block_header_end(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t at = begin;
  while (at < end && !is_white(text[at]) && text[at] != '#') ++at;
  return at;
}

std::uint32_t block_end(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t header = skip_comment(text, begin, end);
  std::uint32_t last = end;
  while (last > header && is_white(text[last - 1])) --last;
  if (last <= header) return block_header_end(text, begin, end);
  while (last < end && !is_break(text[last])) ++last;  // white space at the end of the last line is content
  return last;
}

}  // namespace

std::uint32_t after_properties(std::string_view text, std::uint32_t at, std::uint32_t end) {
  while (at < end) {
    const char c = text[at];
    if (c == '&' || c == '!') {
      while (at < end && !is_white(text[at])) ++at;
    } else if (c == '#') {
      at = skip_comment(text, at, end);
    } else if (is_white(c)) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

std::uint32_t empty_place(std::string_view text, std::uint32_t last_end, std::uint32_t mark) {
  std::uint32_t place = last_end;
  for (std::uint32_t at = last_end; at < mark && at < text.size();) {
    const bool is_comment = text[at] == '#' && (at == 0 || is_white(text[at - 1]));
    if (is_comment) {
      at = skip_comment(text, at, mark);
    } else if (!is_white(text[at++])) {
      place = at;
    }
  }
  return place;
}

void narrow_scalar(std::string_view text, Event& scalar) {
  if (scalar.style == Style::literal || scalar.style == Style::folded) {
    scalar.end = block_end(text, scalar.begin, scalar.end);
  } else if (scalar.style == Style::plain && scalar.value.empty()) {
    scalar.end = scalar.begin = std::min(scalar.begin, scalar.end);
  }
}

}  // namespace willrun::yaml
