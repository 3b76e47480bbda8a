#include "glob/reference_matcher.hpp"

#include <string>
#include <vector>

namespace willrun::glob {

namespace {

using Characters = std::vector<std::string>;

// Splits into UTF-8 characters; a byte that starts none is a character of its own.
Characters characters_of(std::string_view text) {
  Characters out;
  while (!text.empty()) {
    const auto first = static_cast<unsigned char>(text[0]);
    std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
    if (size > text.size()) size = 1;
    for (std::size_t i = 1; i < size; ++i) {
      if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) size = 1;
    }
    out.emplace_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return out;
}

// All texts that the groups spell; none when a group is left open.
std::vector<std::string> alternatives_of(const std::string& glob) {
  std::size_t open = std::string::npos;
  std::vector<std::size_t> marks;
  int depth = 0;
  for (std::size_t i = 0; i < glob.size(); ++i) {
    if (glob[i] == '\\') {
      ++i;
    } else if (glob[i] == '{' && depth++ == 0) {
      open = i;
    } else if (glob[i] == ',' && depth == 1) {
      marks.push_back(i);
    } else if (glob[i] == '}' && depth > 0 && --depth == 0) {
      marks.push_back(i);
      break;
    }
  }
  if (depth > 0) return {};
  if (open == std::string::npos) return {glob};
  std::vector<std::string> out;
  std::size_t start = open + 1;
  for (const std::size_t mark : marks) {
    const std::string one = glob.substr(0, open) + glob.substr(start, mark - start) + glob.substr(marks.back() + 1);
    for (std::string& text : alternatives_of(one)) out.push_back(std::move(text));
    start = mark + 1;
  }
  return out;
}

// Sorts as code points do, and bytes that are no UTF-8 behind all of them.
std::string rank(const std::string& character) {
  const bool valid = character.size() > 1 || static_cast<unsigned char>(character[0]) < 0x80;
  return valid ? character : std::string(1, '\xff') + character;
}

struct Matcher {
  Characters glob;
  Characters path;

  bool glob_is(std::size_t g, const char* text) const { return g < glob.size() && glob[g] == text; }

  // Reads the class behind `[`; sets `end` behind the `]`, or to 0 when there is none.
  bool in_class(std::size_t g, const std::string& character, std::size_t& end) const {
    bool found = false;
    const bool negated = glob_is(g, "!") || glob_is(g, "^");
    if (negated) ++g;
    end = 0;
    while (!glob_is(g, "]")) {
      if (glob_is(g, "\\")) ++g;
      if (g >= glob.size()) return false;
      const std::string first = glob[g++];
      std::string last = first;
      if (glob_is(g, "-") && !glob_is(g + 1, "]")) {
        ++g;
        if (glob_is(g, "\\")) ++g;
        if (g >= glob.size()) return false;
        last = glob[g++];
      }
      const bool between = rank(first) <= rank(character) && rank(character) <= rank(last);
      found = found || character == first || character == last || between;
    }
    end = g + 1;
    return found != negated;
  }

  bool match(std::size_t g, std::size_t p, bool segment_start) const {
    if (segment_start && glob_is(g, "*") && glob_is(g + 1, "*") && glob_is(g + 2, "/")) {
      if (match(g + 3, p, true)) return true;
      for (std::size_t i = p; i < path.size(); ++i) {
        if (path[i] == "/" && match(g + 3, i + 1, true)) return true;
      }
      return false;
    }
    if (glob_is(g, "*")) {
      return match(g + 1, p, false) || (p < path.size() && path[p] != "/" && match(g, p + 1, false));
    }
    if (glob_is(g, "[")) {
      std::size_t end = 0;
      const bool slash_or_end = p >= path.size() || path[p] == "/";
      return !slash_or_end && in_class(g + 1, path[p], end) && end != 0 && match(end, p + 1, false);
    }
    if (glob_is(g, "?")) return p < path.size() && path[p] != "/" && match(g + 1, p + 1, false);
    if (glob_is(g, "\\")) ++g;
    if (g >= glob.size()) return p == path.size();
    if (glob[g].size() == 1 && static_cast<unsigned char>(glob[g][0]) >= 0x80) return false;
    return p < path.size() && glob[g] == path[p] && match(g + 1, p + 1, glob[g] == "/");
  }
};

}  // namespace

bool reference_matches(std::string_view glob, std::string_view path) {
  for (const std::string& one : alternatives_of(std::string(glob))) {
    const Matcher matcher{characters_of(one), characters_of(path)};
    if (matcher.match(0, 0, true)) return true;
  }
  return false;
}

}  // namespace willrun::glob
