// A variable that is not there when rules are evaluated.
#include <fmt/format.h>

#include "eval/known_variables.hpp"
#include "lint/check.hpp"

namespace willrun::lint {

namespace {

using eval::find_known;
using eval::KnownVariable;
using eval::Seen;

void find_variable_not_visible(const Subject& subject, Findings& findings) {
  for (const Use& use : subject.uses) {
    const Condition& condition = subject.conditions[use.condition];
    for (const expr::Node& node : condition.tree.nodes) {
      if (node.kind != expr::TokenKind::variable) continue;
      const std::string_view name = node.content.of(condition.text);
      const KnownVariable* known = find_known(name);
      if (known == nullptr || known->seen == Seen::in_rules) continue;
      if (known->seen == Seen::in_job_rules && use.job != nullptr) continue;
      const std::string_view why = known->seen == Seen::when_jobs_run ? "does not exist yet when rules are evaluated"
                                                                      : "exists in rules of jobs only";
      findings.add(subject.span(condition, node.range), fmt::format("{} {}, so here it is always null", name, why));
    }
  }
}

}  // namespace

extern const Check variable_not_visible;
const Check variable_not_visible = {diag::Code::variable_not_visible,
                                    "Rules are evaluated before the pipeline exists. What belongs to a running job, "
                                    "and in workflow rules what belongs to any job, is null there.",
                                    find_variable_not_visible};

}  // namespace willrun::lint
