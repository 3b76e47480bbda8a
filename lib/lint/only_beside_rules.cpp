// Jobs with `only` or `except` beside jobs with `rules`.
#include <fmt/format.h>
#include <algorithm>

#include "lint/check.hpp"

namespace willrun::lint {

namespace {

void find_only_beside_rules(const Subject& subject, Findings& findings) {
  const bool any_rules =
      std::ranges::any_of(subject.model.jobs, [](const model::Job& job) { return job.rules.has_value(); });
  if (!any_rules) return;
  for (const model::Job& job : subject.model.jobs) {
    for (const std::string_view word : {"only", "except"}) {
      const yaml::NodeId value = subject.tree.find(job.config, word);
      if (value == yaml::kNoNode) continue;
      findings.add(subject.tree.span(value),
                   fmt::format("the job {} has `{}` while other jobs have `rules`: they start with different defaults",
                               subject.tree.text(job.key), word));
      break;
    }
  }
}

}  // namespace

extern const Check only_beside_rules;
const Check only_beside_rules = {diag::Code::only_beside_rules,
                                 "Jobs without rules run for branches and tags, jobs with rules for whatever their "
                                 "rules take, so merge request pipelines get only some of them.",
                                 find_only_beside_rules};

}  // namespace willrun::lint
