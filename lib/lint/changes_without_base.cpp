// `changes` behind a condition that holds only where GitLab compares nothing.
#include "expr/parser.hpp"
#include "lint/check.hpp"
#include "lint/truth.hpp"

namespace willrun::lint {

namespace {

// Pipelines of these sources, and of tags, stand on no earlier commit.
constexpr std::string_view kWithoutBase =
    "$CI_PIPELINE_SOURCE == 'schedule' || $CI_PIPELINE_SOURCE == 'web' || $CI_PIPELINE_SOURCE == 'api' || "
    "$CI_PIPELINE_SOURCE == 'trigger' || $CI_PIPELINE_SOURCE == 'pipeline' || $CI_PIPELINE_SOURCE == 'chat' || "
    "$CI_COMMIT_TAG";

void find_changes_without_base(const Subject& subject, Findings& findings) {
  Condition without_base;
  without_base.text = kWithoutBase;
  without_base.tree = expr::parse(kWithoutBase).tree;
  const Condition* earlier[] = {&without_base};
  for (const RuleList& list : subject.lists) {
    for (const Rule& rule : list.rules) {
      const Condition* condition = subject.condition_of(rule);
      if (condition == nullptr || !rule.model->changes || rule.model->changes->compare_to) continue;
      if (truth_of(*condition) == Truth::varies && covers(earlier, *condition))
        findings.add(subject.tree.span(subject.tree.find(rule.node, "changes")),
                     "`changes` is always true here: GitLab compares nothing for these pipelines",
                     "name a ref in `changes:compare_to`");
    }
  }
}

}  // namespace

extern const Check changes_without_base;
const Check changes_without_base = {diag::Code::changes_without_base,
                                    "Only pushes to existing branches and merge requests have something to compare "
                                    "with. Everywhere else `changes` holds.",
                                    find_changes_without_base};

}  // namespace willrun::lint
