// A condition outside the grammar that a reader has in mind.
#include "expr/parser.hpp"
#include "lint/check.hpp"

namespace willrun::lint {

namespace {

void run(const Subject& subject, Findings& findings) {
  for (const Condition& condition : subject.conditions) {
    if (const auto oddity = expr::first_oddity(condition.text, condition.tokens))
      findings.add(subject.span(condition, oddity->range), oddity->message,
                   "GitLab reads it as " + expr::print(condition.tree, condition.text));
  }
}

}  // namespace

extern const Check expression_loose;
const Check expression_loose = {diag::Code::expression_loose,
                                "GitLab's parser takes operators and operands in nearly any order, so a misplaced "
                                "parenthesis changes the meaning without an error.",
                                run};

}  // namespace willrun::lint
