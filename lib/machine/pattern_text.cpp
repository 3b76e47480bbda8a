// Which texts are patterns.
#include "machine/regex.hpp"

namespace willrun::machine {

namespace {

std::optional<PatternText> pattern_of_line(std::string_view line) {
  if (!line.starts_with('/')) return std::nullopt;
  const std::size_t last = line.rfind('/');
  const std::string_view flags = line.substr(last + 1);
  if (last == 0 || flags.find_first_not_of("ismU") != std::string_view::npos) return std::nullopt;
  return PatternText{line.substr(1, last - 1), flags};
}

}  // namespace

std::optional<PatternText> find_pattern(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (auto pattern = pattern_of_line(text.substr(0, end))) return pattern;
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return std::nullopt;
}

std::optional<PatternText> whole_pattern(std::string_view text) {
  return text.find('\n') == std::string_view::npos ? pattern_of_line(text) : std::nullopt;
}

std::string unescape_slashes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\\/")) ++i;
    out += text[i];
  }
  return out;
}

}  // namespace willrun::machine
