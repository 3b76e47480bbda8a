// `!` in front of a comparison.
#include <fmt/format.h>

#include "lint/check.hpp"

namespace willrun::lint {

namespace {

void run(const Subject& subject, Findings& findings) {
  for (const Condition& condition : subject.conditions) {
    const auto& nodes = condition.tree.nodes;
    for (const expr::Node& node : nodes) {
      if (!expr::is_comparison(node.kind)) continue;
      const expr::Node& left = nodes[node.children.left];
      if (left.kind != expr::TokenKind::logical_not || left.range.begin > node.range.begin) continue;
      // `(!$A) == ...` says that it is meant.
      const std::string_view before = std::string_view(condition.text).substr(0, left.range.begin);
      if (before.ends_with('(')) continue;
      findings.add(subject.span(condition, left.range),
                   fmt::format("`!` negates only what stands behind it, and then `{}` compares true or false",
                               node.range.of(condition.text)),
                   "write `!=` or `!~`, or put the comparison in parentheses");
    }
  }
}

}  // namespace

extern const Check negated_operand;
const Check negated_operand = {diag::Code::negated_operand,
                               "`!` binds tighter than comparisons: `!$A == \"b\"` is `(!$A) == \"b\"`.", run};

}  // namespace willrun::lint
