// A rule that others before it leave nothing to.
#include <algorithm>

#include "lint/check.hpp"
#include "lint/truth.hpp"

namespace willrun::lint {

namespace {

constexpr std::size_t kMostEarlier = 8;  // conditions that are looked at together

bool has_paths(const Rule& rule) { return rule.model->changes || rule.model->exists; }

// The one rule before it that is enough, where there is one.
std::optional<Label> covering(const Subject& subject, std::span<const Condition* const> earlier,
                              const Condition& later) {
  for (const Condition* condition : earlier.last(std::min(earlier.size(), kMostEarlier))) {
    if (covers(std::span(&condition, 1), later)) return Label{subject.tree.span(condition->node), "this one"};
  }
  return std::nullopt;
}

void check_list(const Subject& subject, const RuleList& list, Findings& findings) {
  std::vector<const Condition*> earlier;
  const Rule* everything = nullptr;
  for (const Rule& rule : list.rules) {
    const Condition* condition = subject.condition_of(rule);
    const Span span = condition != nullptr ? subject.tree.span(condition->node) : subject.tree.span(rule.node);
    if (everything != nullptr) {
      findings.add(span, "this rule is never reached: one before it has no condition and always holds", {}, {},
                   Label{subject.tree.span(everything->node), "this one"});
    } else if (condition != nullptr && !earlier.empty() && truth_of(*condition) != Truth::never &&
               covers(std::span(earlier).last(std::min(earlier.size(), kMostEarlier)), *condition)) {
      findings.add(span, "this rule is never reached: whenever its condition is true, a rule before it holds", {}, {},
                   covering(subject, earlier, *condition));
    }
    if (has_paths(rule)) continue;
    if (condition == nullptr) everything = &rule;
    if (condition != nullptr) earlier.push_back(condition);
  }
}

void find_rule_not_reached(const Subject& subject, Findings& findings) {
  for (const RuleList& list : subject.lists) check_list(subject, list, findings);
}

}  // namespace

extern const Check rule_not_reached;
const Check rule_not_reached = {diag::Code::rule_not_reached,
                                "The first rule that holds decides. Move this rule up, or narrow the one before it.",
                                find_rule_not_reached};

}  // namespace willrun::lint
