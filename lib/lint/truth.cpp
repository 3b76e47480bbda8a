#include "lint/truth.hpp"

#include <algorithm>

#include "machine/possible.hpp"

namespace willrun::lint {

namespace {

using machine::ParsedCondition;

constexpr std::size_t kMostCombinations = 4096;

ParsedCondition parsed(const Condition& condition) { return {condition.text, &condition.tree}; }

// All combinations of the values of all variables.
class Trial {
 public:
  bool add(const Condition& condition) { return !condition.has_inputs && possible_.add(parsed(condition)); }

  // False where there are too many combinations.
  bool prepare() {
    if (!possible_.prepare()) return false;
    std::size_t combinations = 1;
    for (auto& [name, variable] : possible_.variables()) {
      combinations *= variable.values.size();
      if (combinations > kMostCombinations) return false;
    }
    return true;
  }

  // Calls `visit` for each combination until it says no.
  template <class Visit>
  void each(const Visit& visit) {
    walk(possible_.variables().begin(), visit);
  }

  bool truthful(const Condition& condition) const { return possible_.truthful(parsed(condition)); }

 private:
  template <class Iterator, class Visit>
  bool walk(Iterator at, const Visit& visit) {
    if (at == possible_.variables().end()) return visit();
    for (std::size_t i = 0; i < at->second.values.size(); ++i) {
      at->second.chosen = i;
      if (!walk(std::next(at), visit)) return false;
    }
    return true;
  }

  machine::Possibilities possible_;
};

}  // namespace

Truth truth_of(const Condition& condition) {
  Trial trial;
  if (!trial.add(condition) || !trial.prepare()) return Truth::unknown;
  bool seen_true = false;
  bool seen_false = false;
  trial.each([&] {
    (trial.truthful(condition) ? seen_true : seen_false) = true;
    return !seen_true || !seen_false;
  });
  if (seen_true && seen_false) return Truth::varies;
  return seen_true ? Truth::always : Truth::never;
}

bool covers(std::span<const Condition* const> earlier, const Condition& later) {
  Trial trial;
  if (!trial.add(later)) return false;
  for (const Condition* condition : earlier) {
    if (!trial.add(*condition)) return false;
  }
  if (!trial.prepare()) return false;
  bool covered = true;
  trial.each([&] {
    covered = !trial.truthful(later) ||
              std::ranges::any_of(earlier, [&](const Condition* condition) { return trial.truthful(*condition); });
    return covered;
  });
  return covered;
}

}  // namespace willrun::lint
