#include "glob/glob.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace willrun::glob {

namespace {

constexpr std::size_t kInlineWords = 16;

// A state set: the states that may read the next character, as bits.
class StateSet {
 public:
  StateSet(std::uint64_t* words, std::size_t count) : words_(words), count_(count) {}

  void clear() { std::fill_n(words_, count_, 0); }
  void add(std::uint32_t state) { words_[state / 64] |= std::uint64_t{1} << (state % 64); }
  bool empty() const {
    return std::all_of(words_, words_ + count_, [](std::uint64_t word) { return word == 0; });
  }

  // Calls `visit` for each state in ascending order, those included that it adds above the current one.
  template <class Visit>
  void ascending(Visit visit) {
    for (std::size_t i = 0; i < count_; ++i) {
      std::uint64_t done = 0;
      while (const std::uint64_t rest = words_[i] & ~done) {
        const int bit = __builtin_ctzll(rest);
        done |= std::uint64_t{1} << bit;
        visit(static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(bit)));
      }
    }
  }

  void swap(StateSet& other) { std::swap(words_, other.words_); }

 private:
  std::uint64_t* words_;
  std::size_t count_;
};

bool holds(const Automaton& automaton, const ClassRow& row, char32_t character) {
  for (std::uint32_t i = row.begin; i < row.end; ++i) {
    const Range range = automaton.ranges[i];
    if (range.first <= character && character <= range.last) return !row.negated;
  }
  return row.negated;
}

// Takes the free steps of a state.
void follow(const Automaton& automaton, const Node& node, StateSet& states) {
  if (node.kind == Node::Kind::star || node.kind == Node::Kind::segments) {
    states.add(node.next);
  } else if (node.kind == Node::Kind::split) {
    for (std::uint32_t i = 0; i < node.next; ++i) states.add(automaton.targets[node.argument + i]);
  }
}

// Reads one character in one state.
void step(const Automaton& automaton, std::uint32_t state, char32_t character, StateSet& to) {
  const Node& node = automaton.nodes[state];
  const bool slash = character == U'/';
  switch (node.kind) {
    case Node::Kind::dead:
    case Node::Kind::accept:
    case Node::Kind::split: return;
    case Node::Kind::literal:
      if (character == node.argument) to.add(node.next);
      return;
    case Node::Kind::any:
      if (!slash) to.add(node.next);
      return;
    case Node::Kind::one_of:
      for (std::uint32_t i = node.argument; !slash && i < node.argument + node.next; ++i) {
        if (holds(automaton, automaton.classes[i], character)) to.add(automaton.classes[i].target);
      }
      return;
    case Node::Kind::slash:
      if (slash) to.add(node.next);
      return;
    case Node::Kind::star:
      if (!slash) to.add(state);
      return;
    case Node::Kind::segments: to.add(slash ? state : node.argument); return;
    case Node::Kind::in_segment: to.add(slash ? node.next : state); return;
  }
}

}  // namespace

bool run(const Automaton& automaton, std::string_view path) {
  const std::size_t words = automaton.nodes.size() / 64 + 1;
  std::array<std::uint64_t, 2 * kInlineWords> inline_words;  // NOLINT: cleared below, as far as it is used
  std::vector<std::uint64_t> more_words(words > kInlineWords ? 2 * words : 0);
  std::uint64_t* storage = more_words.empty() ? inline_words.data() : more_words.data();
  StateSet now(storage, words);
  StateSet next(storage + words, words);
  now.clear();
  now.add(0);
  for (std::size_t at = 0; at < path.size();) {
    const Character character = character_at(path, at);
    at += character.size;
    next.clear();
    now.ascending([&](std::uint32_t state) {
      follow(automaton, automaton.nodes[state], now);
      step(automaton, state, character.value, next);
    });
    if (next.empty()) return false;
    now.swap(next);
  }
  bool accepted = false;
  now.ascending([&](std::uint32_t state) {
    follow(automaton, automaton.nodes[state], now);
    accepted = accepted || automaton.nodes[state].kind == Node::Kind::accept;
  });
  return accepted;
}

Glob::Glob(std::string_view pattern, const Limits& limits) : pattern_(pattern) {
  if (read_simple()) return;
  read_filters();
  automaton_ = compile(pattern_, prefix_, limits);
}

// Literal text, then `*`, `**/` or `**/*` at most once, then literal text.
bool Glob::read_simple() {
  const std::string_view text = pattern_;
  if (text.find_first_of("?[{\\") != std::string_view::npos || !utf8::is_valid(text)) return false;
  std::size_t at = std::min(text.find('*'), text.size());
  const bool at_segment = at == 0 || text[at - 1] == '/';
  prefix_ = static_cast<std::uint32_t>(at);
  const std::size_t segments = at;
  while (at_segment && text.substr(at).starts_with("**/")) at += 3;
  const bool spans = at > segments;
  const std::size_t star = at;
  at = std::min(text.find_first_not_of('*', at), text.size());
  const bool starred = at > star;
  if (text.find('*', at) != std::string_view::npos) return false;
  suffix_ = static_cast<std::uint32_t>(text.size() - at);
  middle_ =
      spans ? (starred ? Middle::anything : Middle::whole_segments) : (starred ? Middle::no_slash : Middle::nothing);
  return true;
}

// The literal ends of any other glob, to refuse most paths by two comparisons.
void Glob::read_filters() {
  const std::string_view text = pattern_;
  prefix_ = static_cast<std::uint32_t>(std::min(text.find_first_of("*?[{\\"), text.size()));
  if (!utf8::is_valid(text)) prefix_ = 0;
  if (text.find('\\') != std::string_view::npos) return;
  std::size_t end = text.find_last_of("*?[]{}") + 1;
  if (end < text.size() && text[end] == '/') ++end;  // of `**/`, it need not be in the path
  suffix_ = static_cast<std::uint32_t>(text.size() - end);
}

bool Glob::matches(std::string_view path) const {
  const std::string_view text = pattern_;
  if (path.size() < std::size_t{prefix_} + suffix_) return false;
  if (!path.starts_with(text.substr(0, prefix_)) || !path.ends_with(text.substr(text.size() - suffix_))) return false;
  const std::string_view middle = path.substr(prefix_, path.size() - prefix_ - suffix_);
  switch (middle_) {
    case Middle::nothing: return middle.empty();
    case Middle::no_slash: return middle.find('/') == std::string_view::npos;
    case Middle::whole_segments: return middle.empty() || middle.back() == '/';
    case Middle::anything: return true;
    case Middle::automaton: return run(automaton_, path.substr(prefix_));
  }
  return false;
}

}  // namespace willrun::glob
