// `!` in front of a comparison.
#include <fmt/format.h>

#include "lint/check.hpp"
#include "lint/respell.hpp"

namespace willrun::lint {

namespace {

// From the first `!` to the operand behind it; nothing where that is more than a name or a text, or stands in front.
std::optional<expr::Range> operand_range(const std::vector<expr::Node>& nodes, const expr::Node& negation) {
  const expr::Node* last = &negation;
  while (last->kind == expr::TokenKind::logical_not) last = &nodes[last->children.right];
  if (!expr::is_operand(last->kind) || last->range.begin < negation.range.end) return std::nullopt;
  return expr::Range{negation.range.begin, last->range.end};
}

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
      const auto operand = operand_range(nodes, left);
      const std::string_view sign = node.range.of(condition.text);
      std::string help = "write `!=` or `!~`, or put the comparison in parentheses";
      std::optional<Fix> fix;
      if (operand) {
        const std::string read = fmt::format("({})", operand->of(condition.text));
        help += fmt::format("; GitLab reads `{} {} ...`", read, sign);
        fix = rewrite_same(subject, condition, *operand, read);
      }
      findings.add(subject.span(condition, left.range),
                   fmt::format("`!` negates only what stands behind it, and then `{}` compares true or false", sign),
                   std::move(help), std::move(fix));
    }
  }
}

}  // namespace

extern const Check negated_operand;
const Check negated_operand = {diag::Code::negated_operand,
                               "`!` binds tighter than comparisons: `!$A == \"b\"` is `(!$A) == \"b\"`.", run};

}  // namespace willrun::lint
