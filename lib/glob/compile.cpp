#include "glob/glob.hpp"

#include <optional>

namespace willrun::glob {

namespace {

// What the reader of the glob knows at a position, beside the position. Together they are one state.
enum class Mode : std::uint8_t {
  segment,    // at the start of a segment: a `**/` here spans directories
  inside,     // behind something in the segment
  one_star,   // guessed to be behind the first star of a `**/`
  two_stars,  // guessed to be behind the second
  star,       // the loop of a `*` that stands here
  skipped,    // inside a directory that a `**/` skips
};
constexpr std::uint32_t kModes = 6;

class Compiler {
 public:
  Compiler(std::string_view glob, std::size_t begin, const Limits& limits)
      : glob_(glob), begin_(static_cast<std::uint32_t>(begin)), budget_(limits.glob_bracket_steps) {}

  Automaton run();

 private:
  std::uint32_t state(std::uint32_t at, Mode mode);
  Node node(std::uint32_t at, Mode mode);
  Node split(const std::vector<std::uint32_t>& targets);
  Node ordinary(std::uint32_t at, Mode mode);
  Node literal(std::uint32_t at);
  Node bracket(std::uint32_t at);
  Node segments(std::uint32_t at);
  void number_states();

  std::string_view glob_;
  std::uint32_t begin_;
  std::uint64_t budget_;
  Braces braces_;
  std::vector<bool> reached_;          // by state, while states are `position x mode`
  std::vector<std::uint32_t> states_;  // of automaton_.nodes, the same way
  Automaton automaton_;
};

// Steps lead to higher states only (or back to one that was reached), so one ascending pass finds all of them.
Automaton Compiler::run() {
  std::optional<Braces> braces = Braces::scan(glob_);
  if (!braces) return {{Node{}}, {}, {}, {}};
  braces_ = std::move(*braces);
  const auto end = static_cast<std::uint32_t>(glob_.size());
  reached_.assign((end - begin_ + 1) * std::size_t{kModes}, false);
  state(begin_, begin_ == 0 || glob_[begin_ - 1] == '/' ? Mode::segment : Mode::inside);
  for (std::uint32_t at = begin_; at <= end; ++at) {
    for (std::uint32_t mode = 0; mode < kModes; ++mode) {
      const std::uint32_t number = (at - begin_) * kModes + mode;
      if (!reached_[number]) continue;
      states_.push_back(number);
      automaton_.nodes.push_back(node(at, static_cast<Mode>(mode)));
    }
  }
  number_states();
  return std::move(automaton_);
}

std::uint32_t Compiler::state(std::uint32_t at, Mode mode) {
  const std::uint32_t number = (at - begin_) * kModes + static_cast<std::uint32_t>(mode);
  reached_[number] = true;
  return number;
}

Node Compiler::split(const std::vector<std::uint32_t>& targets) {
  const auto first = static_cast<std::uint32_t>(automaton_.targets.size());
  automaton_.targets.insert(automaton_.targets.end(), targets.begin(), targets.end());
  return {Node::Kind::split, first, static_cast<std::uint32_t>(targets.size())};
}

Node Compiler::node(std::uint32_t at, Mode mode) {
  if (mode == Mode::star) return {Node::Kind::star, 0, state(at + 1, Mode::inside)};
  if (mode == Mode::skipped) return {Node::Kind::in_segment, 0, state(at, Mode::two_stars)};
  if (braces_.opens(at)) {
    std::vector<std::uint32_t> starts;
    braces_.each_alternative(at, [&](std::uint32_t start) { starts.push_back(state(start, mode)); });
    return split(starts);
  }
  if (braces_.ends_alternative(at)) return split({state(braces_.after_group(at), mode)});
  const char byte = at < glob_.size() ? glob_[at] : '\0';
  if (mode == Mode::one_star) return byte == '*' ? split({state(at + 1, Mode::two_stars)}) : Node{};
  if (mode == Mode::two_stars) return byte == '/' ? segments(at) : Node{};
  return ordinary(at, mode);
}

Node Compiler::segments(std::uint32_t at) {
  return {Node::Kind::segments, state(at, Mode::skipped), state(at + 1, Mode::segment)};
}

Node Compiler::ordinary(std::uint32_t at, Mode mode) {
  if (at == glob_.size()) return {Node::Kind::accept, 0, 0};
  switch (glob_[at]) {
    case '*': {
      const std::uint32_t loop = state(at, Mode::star);
      return mode == Mode::segment ? split({loop, state(at + 1, Mode::one_star)}) : split({loop});
    }
    case '?': return {Node::Kind::any, 0, state(at + 1, Mode::inside)};
    case '[': return bracket(at);
    case '\\':
      // A `\` at the very end stands for nothing (conformance `escape`).
      return at + 1 < glob_.size() ? literal(at + 1) : split({state(at + 1, Mode::inside)});
    default: return literal(at);
  }
}

// An escaped '/' separates segments all the same.
Node Compiler::literal(std::uint32_t at) {
  if (glob_[at] == '/') return {Node::Kind::slash, 0, state(at + 1, Mode::segment)};
  const Character character = character_at(glob_, at);
  if (character.value >= kFirstInvalid) return {};  // Ruby finds no character there, so it matches nothing
  return {Node::Kind::literal, character.value, state(at + character.size, Mode::inside)};
}

Node Compiler::bracket(std::uint32_t at) {
  const auto first = static_cast<std::uint32_t>(automaton_.classes.size());
  for (const CharacterClass& read : read_bracket(glob_, braces_, at + 1, budget_)) {
    ClassRow row;
    row.negated = read.negated;
    row.begin = static_cast<std::uint32_t>(automaton_.ranges.size());
    automaton_.ranges.insert(automaton_.ranges.end(), read.ranges.begin(), read.ranges.end());
    row.end = static_cast<std::uint32_t>(automaton_.ranges.size());
    row.target = state(read.end, Mode::inside);
    automaton_.classes.push_back(row);
  }
  return {Node::Kind::one_of, first, static_cast<std::uint32_t>(automaton_.classes.size()) - first};
}

// Turns `position x mode` into indexes of nodes.
void Compiler::number_states() {
  std::vector<std::uint32_t> index(reached_.size(), 0);
  for (std::size_t i = 0; i < states_.size(); ++i) index[states_[i]] = static_cast<std::uint32_t>(i);
  for (std::uint32_t& target : automaton_.targets) target = index[target];
  for (ClassRow& row : automaton_.classes) row.target = index[row.target];
  for (Node& node : automaton_.nodes) {
    if (node.kind == Node::Kind::split || node.kind == Node::Kind::one_of) continue;
    if (node.kind == Node::Kind::segments) node.argument = index[node.argument];
    node.next = index[node.next];
  }
}

}  // namespace

Automaton compile(std::string_view glob, std::size_t begin, const Limits& limits) {
  return Compiler(glob, begin, limits).run();
}

}  // namespace willrun::glob
