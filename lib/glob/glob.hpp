// Globs of `rules:changes` and `rules:exists`: Ruby's File.fnmatch? with PATHNAME, DOTMATCH and EXTGLOB, compiled.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/options.hpp>

#include "glob/bracket.hpp"

namespace willrun::glob {

// A state of the automaton. States are numbered in the order of the glob's text, so a free step (one that reads
// nothing) always leads to a higher number, and one ascending pass over a state set takes all of them.
struct Node {
  enum class Kind : std::uint8_t {
    dead,       // matches nothing
    accept,     // the end of the glob
    split,      // free steps to targets[argument .. argument + next)
    literal,    // reads the character `argument`, then `next`
    any,        // `?`: reads one character that is no '/'
    one_of,     // `[..]`: for each of classes[argument .. argument + next) that holds the character, its target
    slash,      // reads '/', then `next`
    star,       // `*`: stays for each character that is no '/'; free step to `next`
    segments,   // `**/` between segments: '/' stays, another character goes to `argument`; free step to `next`
    in_segment  // `**/` inside a segment: '/' goes to `next`, another character stays
  };
  Kind kind = Kind::dead;
  std::uint32_t argument = 0;
  std::uint32_t next = 0;
};

// A class with its ranges as indexes into Automaton::ranges.
struct ClassRow {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t target = 0;
  bool negated = false;
};

struct Automaton {
  std::vector<Node> nodes;
  std::vector<std::uint32_t> targets;
  std::vector<ClassRow> classes;
  std::vector<Range> ranges;
};

// Builds the automaton of `glob` from the byte `begin` on; what stands before it is known to match.
Automaton compile(std::string_view glob, std::size_t begin, const Limits& limits);

// Whether the automaton matches all of `path`: O(states x characters), on the stack up to 1,024 states.
bool run(const Automaton& automaton, std::string_view path);

// One compiled glob. Immutable: any number of threads may call `matches` at once.
class Glob {
 public:
  explicit Glob(std::string_view pattern, const Limits& limits = {});

  // Whether the whole path matches. The path is relative and has '/' between its parts.
  bool matches(std::string_view path) const;

  const std::string& pattern() const { return pattern_; }

 private:
  // What may stand between the literal start and the literal end of a path. Nearly all globs that people write are one
  // of the first four, which need no automaton.
  enum class Middle : std::uint8_t { nothing, no_slash, whole_segments, anything, automaton };

  bool read_simple();
  void read_filters();

  std::string pattern_;
  Middle middle_ = Middle::automaton;
  std::uint32_t prefix_ = 0;  // bytes at the start of the pattern that stand for themselves
  std::uint32_t suffix_ = 0;  // the same at its end; the two do not overlap
  Automaton automaton_;       // of what follows the prefix
};

}  // namespace willrun::glob
