// A condition outside the grammar that a reader has in mind.
#include <fmt/format.h>

#include "expr/parser.hpp"
#include "lint/check.hpp"
#include "lint/respell.hpp"

namespace willrun::lint {

namespace {

void find_expression_loose(const Subject& subject, Findings& findings) {
  for (const Condition& condition : subject.conditions) {
    const auto oddity = expr::first_oddity(condition.text, condition.tokens);
    if (!oddity) continue;
    const expr::Range whole{condition.tokens.front().range.begin, condition.tokens.back().range.end};
    const std::string read = respelled(condition);
    findings.add(subject.span(condition, oddity->range), oddity->message, fmt::format("GitLab reads it as `{}`", read),
                 rewrite_same(subject, condition, whole, read));
  }
}

}  // namespace

extern const Check expression_loose;
const Check expression_loose = {diag::Code::expression_loose,
                                "GitLab's parser takes operators and operands in nearly any order, so a misplaced "
                                "parenthesis changes the meaning without an error.",
                                find_expression_loose};

}  // namespace willrun::lint
