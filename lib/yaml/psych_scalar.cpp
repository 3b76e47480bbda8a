#include "yaml/psych_scalar.hpp"

#include "base/utf8.hpp"
#include "yaml/psych_number.hpp"

namespace willrun::yaml {

namespace {

constexpr std::size_t kLongestWord = 5;  // characters: Psych looks for words in texts no longer than `false`

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// Ruby folds case by Unicode: U+017F is an `s` and U+FB00 is `ff`.
std::string fold(std::string_view text) {
  std::string folded;
  for (std::size_t i = 0; i < text.size();) {
    if (text.substr(i).starts_with("\xC5\xBF")) {
      folded += 's';
      i += 2;
    } else if (text.substr(i).starts_with("\xEF\xAC\x80")) {
      folded += "ff";
      i += 3;
    } else {
      folded += lower(text[i++]);
    }
  }
  return folded;
}

Resolved boolean(bool value) {
  Resolved found;
  found.kind = ValueKind::boolean;
  found.boolean = value;
  return found;
}

Resolved null() {
  Resolved found;
  found.kind = ValueKind::null;
  return found;
}

bool may_start_word(char c) { return std::string_view("ytonf~").find(lower(c)) != std::string_view::npos; }

// Psych's patterns for words are anchored at lines, not at the text: in `on\n\nno`, which folds to `on` and `no` on two
// lines, the first of these groups that any line matches decides.
Resolved resolve_lines(std::string_view text) {
  bool is_null = false;
  bool is_true = false;
  bool is_false = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (!may_start_word(text[begin])) return {};
    const std::string line = fold(text.substr(begin, end - begin));
    is_null = is_null || line == "null";
    is_true = is_true || line == "yes" || line == "true" || line == "on";
    is_false = is_false || line == "no" || line == "false" || line == "off";
    begin = end + 1;
  }
  if (is_null || text == "~") return null();
  if (is_true || is_false) return boolean(is_true);
  return {};
}

Resolved resolve_word(std::string_view text) {
  constexpr std::size_t kLongestCharacter = 3;  // the ligature that fold() knows
  if (text.size() > kLongestWord * kLongestCharacter || utf8::length(text) > kLongestWord) return {};
  return resolve_lines(text);
}

Resolved resolve_symbol(std::string_view text) {
  std::string_view name = text.substr(1);
  const char quote = name.front();
  if (quote == '"' || quote == '\'') {
    const std::size_t close = name.rfind(quote);
    if (close > 0) {
      name = name.substr(1, close - 1);
      if (name.starts_with(':')) name.remove_prefix(1);
    }
  }
  Resolved found;
  found.kind = ValueKind::symbol;
  found.symbol = name;
  return found;
}

bool may_start_number(char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+'; }

}  // namespace

Resolved resolve_plain(std::string_view text) {
  if (text.empty()) return null();
  const char first = text.front();
  if (may_start_word(first)) return resolve_word(text);
  if (may_start_number(first)) return text.find('\n') == std::string_view::npos ? resolve_number(text) : Resolved();
  if (first == ':' && text.size() > 1 && text.find('\n') == std::string_view::npos) return resolve_symbol(text);
  return {};
}

std::string decode_base64(std::string_view text) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    if (c == '=') break;
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) continue;
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<char>(static_cast<unsigned char>((bits >> static_cast<unsigned>(held)) & 0xFFU)));
  }
  return bytes;
}

}  // namespace willrun::yaml
