// Regular expressions with GitLab's meaning: RE2 searched as its UntrustedRegexp does. The only part of the machine
// that knows RE2; every stage that takes a pattern of a user (rules, only/except, coverage) comes here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace willrun::machine {

// A compiled pattern. Immutable; search() may be called from many threads at once. Linear in text times pattern.
class Regex {
 public:
  struct Compiled;
  // `flags` are letters of `ismU` and go in front as `(?flags)`; `body` is RE2 source, where `(?<name>...)` is accepted
  // and group names may repeat, as GitLab's newer RE2 has it.
  static Compiled compile(std::string_view body, std::string_view flags = {});
  ~Regex();
  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;

  // Whether it matches anywhere in the text (of bytes; a pattern's `.` takes one UTF-8 character).
  bool search(std::string_view text) const;

  // The source with its flags in front, `(?i)src`: what tells two regexes apart, and how GitLab shows one.
  const std::string& source() const { return source_; }

 private:
  // A pattern that is a plain text, perhaps anchored, needs no automaton.
  enum class Shape : std::uint8_t { automaton, contains, starts, ends, equals, never };

  Regex() = default;
  static Shape shape_of(std::string_view body, std::string_view flags, std::string& literal);

  std::string source_;
  Shape shape_ = Shape::automaton;
  std::string literal_;
  std::unique_ptr<re2::RE2> automaton_;  // null unless `shape_` is automaton
};

// A regex, or why RE2 refuses it.
struct Regex::Compiled {
  std::optional<Regex> regex;
  std::string error;  // RE2's words
};

// A pattern as text: `/body/flags`.
struct PatternText {
  std::string_view body;
  std::string_view flags;
};

// The pattern in a text that may be one: the first line of the form `/body/flags`, as GitLab's `^/(.*)/([ismU]*)$`
// finds it; none if there is no such line. `\/` in the text must have been made `/` before, see unescape_slashes().
std::optional<PatternText> find_pattern(std::string_view text);

// The pattern that a whole text is, `/body/flags` on one line, as the refs of `only` and `except` hold it; none for any
// other text.
std::optional<PatternText> whole_pattern(std::string_view text);

// Every `\/` made `/`, as GitLab does before it looks for a pattern.
std::string unescape_slashes(std::string_view text);

}  // namespace willrun::machine
