// What would have to differ for a list of rules to let something in.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include <willrun/explain.hpp>

namespace willrun::eval {

// The paths of a rule in the search.
enum class Paths : std::uint8_t {
  hold,      // there are none, or nothing could change them
  match,     // one matches; it could be none
  no_match,  // none matches; one could
  fail,      // they cannot be told
};

// One rule of the list, as far as the search knows it.
struct RuleFacts {
  std::string_view condition;  // empty: it has none
  bool never = false;
  Paths changes = Paths::hold;
  Paths exists = Paths::hold;
};

// One thing that differs: a variable, or the paths of a rule.
struct Change {
  std::string_view variable;         // empty: paths
  std::optional<std::string> value;  // none: not defined
  std::size_t rule = 0;
  bool exists = false;  // the paths of `exists`, not of `changes`
  bool match = false;   // one matches
};

// What is known of the world in which the rules are.
struct World {
  std::function<std::optional<std::string>(std::string_view variable)> value;
  std::function<bool(std::string_view variable)> can_differ;
  // Whether the changes do what they are to do, all things considered: rules are not all of them.
  std::function<bool(std::span<const Change> changes)> works;
};

// The fewest variables and paths with which the first rule that could match lets something in, no `never` before it
// holds, and it works. None where a rule lets something in already, where conditions compare what cannot be tried, or
// where more than three would have to differ.
std::optional<WayIn> way_in(std::span<const RuleFacts> rules, const World& world);

}  // namespace willrun::eval
