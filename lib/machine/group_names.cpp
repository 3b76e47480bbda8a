#include "machine/group_names.hpp"

namespace willrun::machine {

namespace {

// The byte behind a character class that starts at `at`. The first `]` is a member when nothing stands before it.
std::size_t class_end(std::string_view text, std::size_t at) {
  ++at;
  if (at < text.size() && text[at] == '^') ++at;
  if (at < text.size() && text[at] == ']') ++at;
  while (at < text.size() && text[at] != ']') {
    if (text[at] == '\\') {
      at += 2;
    } else if (text.substr(at).starts_with("[:")) {
      const std::size_t close = text.find(":]", at + 2);
      at = close == std::string_view::npos ? at + 2 : close + 2;
    } else {
      ++at;
    }
  }
  return std::min(at + 1, text.size());
}

bool starts_named_group(std::string_view rest) {
  return rest.size() > 3 && rest.starts_with("(?<") && rest[3] != '=' && rest[3] != '!';
}

}  // namespace

RewrittenPattern rewrite_groups(std::string_view pattern) {
  RewrittenPattern result;
  std::size_t at = 0;
  while (at < pattern.size()) {
    const std::string_view rest = pattern.substr(at);
    std::size_t size = 1;
    if (rest.starts_with("\\Q")) {
      const std::size_t end = rest.find("\\E");
      result.ends_in_quote = end == std::string_view::npos;
      size = result.ends_in_quote ? rest.size() : end + 2;
    } else if (rest[0] == '\\') {
      size = std::min<std::size_t>(2, rest.size());
    } else if (rest[0] == '[') {
      size = class_end(rest, 0);
    } else if (starts_named_group(rest)) {
      result.text += "(?P";
      at += 2;
      continue;
    }
    result.text += rest.substr(0, size);
    at += size;
  }
  return result;
}

}  // namespace willrun::machine
