// What conditions can be, whatever values their variables have: the values that make a difference, and the truth of a
// condition under a choice of them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/tree.hpp"
#include "machine/regex.hpp"

namespace willrun::machine {

// A condition that was parsed. Views.
struct ParsedCondition {
  std::string_view text;
  const expr::Tree* tree;
};

// A value that a variable can have. A text that nothing spells stands for all that match these patterns and no others,
// and that equal nothing that is spelled; realize() makes `text` one of them.
struct PossibleValue {
  bool null = true;
  bool spelled = true;
  std::string text;
  std::vector<std::string_view> matches;

  // A condition that is nothing but a variable of this value holds.
  bool truthful() const;
};

// Collects conditions, and then tries values. Views into the conditions, which must outlive it.
class Possibilities {
 public:
  // A value that a variable has now: it becomes a possible one. With it variables may be compared with each other, as
  // each may have the value of the other, and patterns may come from a variable, which stays as it is.
  void know(std::string_view variable, std::optional<std::string_view> value);

  // Takes in what a condition compares. False where that cannot be tried: it has inputs, it is empty, or it compares
  // variables whose values are not known.
  bool add(const ParsedCondition& condition);

  // Makes the values; false where a variable has too many patterns. Nothing is added after it.
  bool prepare();

  // Finds a text for each value that nothing spells, and takes away those for which it finds none. After prepare().
  void realize();

  struct Variable {
    std::vector<std::string_view> patterns;
    std::vector<std::string_view> texts;
    std::optional<std::size_t> now;     // of a known variable, in `values`
    bool fixed = false;                 // it holds a pattern
    std::vector<PossibleValue> values;  // null, blank texts, each text that it is compared with, each set of patterns
    std::size_t chosen = 0;             // in `values`
  };
  // By name, those that conditions read. Choices may be changed between two questions.
  std::map<std::string_view, Variable>& variables() { return variables_; }

  // Whether a condition that was added holds under what is chosen.
  bool truthful(const ParsedCondition& condition) const;

 private:
  struct Value;

  bool note_comparison(const ParsedCondition& condition, const expr::Node& node);
  bool note_match(const ParsedCondition& condition, const expr::Node& left, const expr::Node& right);
  bool note_equality(const ParsedCondition& condition, const expr::Node& one, const expr::Node& other);
  std::optional<std::string_view> known(std::string_view variable) const;
  void make_values(Variable& variable, std::optional<std::optional<std::string_view>> now) const;
  std::vector<std::string_view> matching(std::string_view text, const std::vector<std::string_view>& patterns) const;
  bool search(std::string_view pattern, std::string_view text) const;
  static bool equal(const Value& left, const Value& right);
  bool finds(const Value& text, const Value& pattern) const;
  Value value(const ParsedCondition& condition, const expr::Node& node, const std::vector<Value>& values) const;

  std::map<std::string_view, std::optional<std::string>> known_;
  std::map<std::string_view, Variable> variables_;
  mutable std::map<std::string_view, std::optional<Regex>> regexes_;
};

}  // namespace willrun::machine
