#include "lint/ignores.hpp"

#include <algorithm>

namespace willrun::lint {

namespace {

constexpr std::string_view kMark = "# willrun:";
constexpr std::string_view kIgnore = "ignore";
constexpr std::string_view kBlanks = " \t";

std::string_view next_word(std::string_view& text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = text.find_first_of(kBlanks, begin);
  std::string_view word = text.substr(begin, end == std::string_view::npos ? end : end - begin);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end);
  return word;
}

bool is_code(std::string_view word) {
  return word.size() == 5 && word.starts_with("WR") &&
         word.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

// What stands behind the mark: codes first, then a reason.
bool names(std::string_view rest, const Diagnostic& diagnostic) {
  bool any = false;
  for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
    const bool more = word.ends_with(',');
    if (more) word.remove_suffix(1);
    if (word == diagnostic.code || word == diagnostic.name) return true;
    if (!is_code(word)) break;
    any = true;
  }
  return !any;
}

bool silences(std::string_view line, const Diagnostic& diagnostic) {
  const std::size_t mark = line.find(kMark);
  if (mark == std::string_view::npos) return false;
  std::string_view rest = line.substr(mark + kMark.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
  return rest.starts_with(kIgnore) && names(rest.substr(kIgnore.size()), diagnostic);
}

bool is_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(kBlanks);
  return first != std::string_view::npos && line[first] == '#';
}

}  // namespace

bool Ignores::silence(const Diagnostic& diagnostic) const {
  const std::uint32_t line = files_.locate(diagnostic.span.file, diagnostic.span.begin).line;
  if (silences(files_.line(diagnostic.span.file, line), diagnostic)) return true;
  const std::string_view above = line > 1 ? files_.line(diagnostic.span.file, line - 1) : std::string_view();
  return is_comment(above) && silences(above, diagnostic);
}

}  // namespace willrun::lint
