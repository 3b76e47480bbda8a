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

std::string_view opposite(expr::TokenKind sign) {
  switch (sign) {
    case expr::TokenKind::equals: return "!=";
    case expr::TokenKind::not_equals: return "==";
    case expr::TokenKind::matches: return "!~";
    default: return "=~";
  }
}

// The comparison negated, as it was probably meant: `$A != "b"` for `!$A == "b"`.
std::optional<Fix> negate_comparison(const Subject& subject, const Condition& condition, expr::Range operand,
                                     const expr::Node& comparison) {
  const std::string_view text = condition.text;
  const std::string_view between = text.substr(operand.end, comparison.range.begin - operand.end);
  const std::string_view negated = operand.of(text).substr(1);
  if (between.find_first_not_of(' ') != std::string_view::npos || negated.find('!') != std::string_view::npos)
    return std::nullopt;
  return rewrite(subject, condition, {operand.begin, comparison.range.end},
                 fmt::format("{} {}", negated.substr(negated.find_first_not_of(' ')), opposite(comparison.kind)));
}

void find_negated_operand(const Subject& subject, Findings& findings) {
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
        fix = negate_comparison(subject, condition, *operand, node);
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
                               "`!` binds tighter than comparisons: `!$A == \"b\"` is `(!$A) == \"b\"`.",
                               find_negated_operand};

}  // namespace willrun::lint
