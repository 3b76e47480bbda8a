// A condition whose value no variable changes.
#include "lint/check.hpp"
#include "lint/text_not_compared.hpp"
#include "lint/truth.hpp"

namespace willrun::lint {

namespace {

void find_condition_constant(const Subject& subject, Findings& findings) {
  for (const Condition& condition : subject.conditions) {
    const Truth truth = truth_of(condition);
    if (truth != Truth::always && truth != Truth::never) continue;
    // `$A == "x" || "y"`: the text that stands alone is told, with what was meant.
    if (truth == Truth::always && has_lone_text(condition)) continue;
    findings.add(subject.tree.span(condition.node),
                 truth == Truth::always ? "this condition is always true" : "this condition is never true");
  }
}

}  // namespace

extern const Check condition_constant;
const Check condition_constant = {
    diag::Code::condition_constant,
    "No variable changes the result, so the condition can go, or one of its parts is not what was meant.",
    find_condition_constant};

}  // namespace willrun::lint
