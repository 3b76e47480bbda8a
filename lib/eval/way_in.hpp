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

// The value that a variable has; nothing: it is not defined.
using ValueNow = std::function<std::optional<std::string>(std::string_view name)>;

// The fewest variables and paths with which the first rule that could match lets something in, and no `never` before it
// holds. None where a rule lets something in already, where conditions compare what cannot be tried, or where more than
// three would have to differ.
std::optional<WayIn> way_in(std::span<const RuleFacts> rules, const ValueNow& now);

}  // namespace willrun::eval
