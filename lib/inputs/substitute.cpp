#include "inputs/substitute.hpp"

#include <algorithm>

namespace willrun::inputs {

namespace {

// The slow way reads the whole text for each block: bytes that it may read, as a multiple of the limit on what it
// makes.
constexpr std::uint64_t kWorkFactor = 16;

// One occurrence of a pattern in a text.
struct Match {
  std::string_view before;
  std::string_view pattern;
  std::string_view behind;
};

// Appends a value, its backslash sequences filled in; false when Ruby raises.
bool append_value(std::string& out, std::string_view value, const Match& match) {
  while (!value.empty()) {
    const std::size_t slash = std::min(value.find('\\'), value.size());
    out += value.substr(0, slash);
    value.remove_prefix(slash);
    if (value.size() < 2) {
      out += value;
      return true;
    }
    const char c = value[1];
    if (c == 'k' && value.size() > 2 && value[2] == '<') return false;
    if (c == '0' || c == '&') {
      out += match.pattern;
    } else if (c == '`') {
      out += match.before;
    } else if (c == '\'') {
      out += match.behind;
    } else if (c == '\\') {
      out += '\\';
    } else if (c != '+' && (c < '1' || c > '9')) {
      out += value.substr(0, 2);
    }
    value.remove_prefix(2);
  }
  return true;
}

Substituted replace_all(std::string_view text, const Replacement& replacement, std::uint64_t limit) {
  Substituted result;
  std::size_t offset = 0;
  for (std::size_t at = text.find(replacement.block); at != std::string_view::npos;
       at = text.find(replacement.block, offset)) {
    result.text += text.substr(offset, at - offset);
    offset = at + replacement.block.size();
    const Match match{text.substr(0, at), replacement.block, text.substr(offset)};
    if (!append_value(result.text, replacement.value, match)) return {{}, SubstituteStatus::crashed};
    if (result.text.size() > limit) return {{}, SubstituteStatus::too_big};
  }
  result.text += text.substr(offset);
  return result;
}

// All blocks at once. Gives what the slow way gives unless a value holds a backslash, or the result a block's start: a
// block that values bring or complete shows there, since no other value is put inside it.
Substituted replace_once(std::string_view text, std::span<const Replacement> replacements, std::uint64_t limit) {
  Substituted result;
  for (const Replacement& replacement : replacements) {
    const std::size_t at = text.find(replacement.block);
    result.text += text.substr(0, at);
    result.text += replacement.value;
    text.remove_prefix(at + replacement.block.size());
    if (result.text.size() > limit) return {{}, SubstituteStatus::too_big};
  }
  result.text += text;
  return result;
}

}  // namespace

Substituted substitute(std::string_view text, std::span<const Replacement> replacements, std::uint64_t limit) {
  const bool has_backslash = std::any_of(replacements.begin(), replacements.end(), [](const Replacement& replacement) {
    return replacement.value.find('\\') != std::string::npos;
  });
  if (!has_backslash) {
    Substituted fast = replace_once(text, replacements, limit);
    if (fast.status != SubstituteStatus::done || fast.text.find("$[[") == std::string::npos) return fast;
  }
  Substituted result{std::string(text)};
  std::uint64_t work = 0;
  for (const Replacement& replacement : replacements) {
    work += result.text.size();
    if (work > kWorkFactor * limit) return {{}, SubstituteStatus::too_big};
    result = replace_all(result.text, replacement, limit);
    if (result.status != SubstituteStatus::done) break;
  }
  return result;
}

}  // namespace willrun::inputs
