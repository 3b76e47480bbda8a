// A variable that the file sets to an empty text, beside `&&` or `||`.
#include <fmt/format.h>
#include <algorithm>

#include "lint/check.hpp"
#include "lint/respell.hpp"

namespace willrun::lint {

namespace {

bool is_empty_here(const Subject& subject, const model::Job* job, std::string_view name) {
  const auto value = [&](const std::vector<model::Variable>& variables) -> const model::Variable* {
    const auto found = std::ranges::find(variables, name, &model::Variable::name);
    return found == variables.end() ? nullptr : &*found;
  };
  const model::Variable* found = job != nullptr ? value(job->variables) : nullptr;
  if (found == nullptr) found = value(subject.model.variables);
  return found != nullptr && found->value.empty();
}

void find_empty_text_counts(const Subject& subject, Findings& findings) {
  for (const Use& use : subject.uses) {
    const Condition& condition = subject.conditions[use.condition];
    for (const expr::Node& node : condition.tree.nodes) {
      if (node.kind != expr::TokenKind::logical_and && node.kind != expr::TokenKind::logical_or) continue;
      const expr::Node& left = condition.tree.nodes[node.children.left];
      if (left.kind != expr::TokenKind::variable) continue;
      const std::string_view name = left.content.of(condition.text);
      if (!is_empty_here(subject, use.job, name)) continue;
      findings.add(
          subject.span(condition, left.range),
          fmt::format("{} is empty unless something else sets it, and an empty text counts as true in front of `{}`",
                      name, node.range.of(condition.text)),
          fmt::format("ask for `${} != \"\"`", name),
          rewrite(subject, condition, left.range, fmt::format("${} != \"\"", name)));
    }
  }
}

}  // namespace

extern const Check empty_text_counts;
const Check empty_text_counts = {diag::Code::empty_text_counts,
                                 "`&&` and `||` go by Ruby: only null and false are false. A rule's whole result "
                                 "counts as false when it is empty, an operand does not.",
                                 find_empty_text_counts};

}  // namespace willrun::lint
