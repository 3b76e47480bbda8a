// A test for an empty text that an undefined variable passes.
#include <fmt/format.h>
#include <algorithm>
#include <array>

#include "lint/check.hpp"
#include "lint/respell.hpp"

namespace willrun::lint {

namespace {

// Every pipeline has them, and not as empty texts.
constexpr std::array<std::string_view, 15> kAlways = {"CI",
                                                      "GITLAB_CI",
                                                      "CI_PIPELINE_SOURCE",
                                                      "CI_COMMIT_SHA",
                                                      "CI_COMMIT_SHORT_SHA",
                                                      "CI_COMMIT_REF_NAME",
                                                      "CI_COMMIT_REF_SLUG",
                                                      "CI_DEFAULT_BRANCH",
                                                      "CI_PROJECT_ID",
                                                      "CI_PROJECT_NAME",
                                                      "CI_PROJECT_NAMESPACE",
                                                      "CI_PROJECT_PATH",
                                                      "CI_PROJECT_URL",
                                                      "CI_SERVER_HOST",
                                                      "CI_SERVER_URL"};

bool is_empty_text(const Condition& condition, const expr::Node& node) {
  return node.kind == expr::TokenKind::string && node.content.of(condition.text).empty();
}

// The same condition asks for the variable in another way too.
bool asks_again(const Condition& condition, const expr::Node& variable) {
  const std::string_view name = variable.content.of(condition.text);
  return std::ranges::count_if(condition.tree.nodes, [&](const expr::Node& node) {
           return node.kind == expr::TokenKind::variable && node.content.of(condition.text) == name;
         }) > 1;
}

void find_undefined_is_not_empty(const Subject& subject, Findings& findings) {
  for (const Condition& condition : subject.conditions) {
    const auto& nodes = condition.tree.nodes;
    for (const expr::Node& node : nodes) {
      if (node.kind != expr::TokenKind::not_equals) continue;
      const expr::Node& left = nodes[node.children.left];
      const expr::Node& right = nodes[node.children.right];
      const expr::Node& variable = left.kind == expr::TokenKind::variable ? left : right;
      if (variable.kind != expr::TokenKind::variable || asks_again(condition, variable)) continue;
      if (!is_empty_text(condition, &variable == &left ? right : left)) continue;
      const std::string_view name = variable.content.of(condition.text);
      if (subject.sets(name) || std::ranges::count(kAlways, name) > 0) continue;
      // An empty text counts as true in front of `&&` and `||`: only as a whole condition the name alone will do.
      const std::string meant =
          nodes.size() == 3 ? fmt::format("${}", name) : fmt::format("${0} != null && ${0} != \"\"", name);
      const expr::Range comparison{std::min(left.range.begin, right.range.begin),
                                   std::max(left.range.end, right.range.end)};
      findings.add(subject.span(condition, variable.range),
                   fmt::format("${} != \"\" is true too where {} is not defined", name, name),
                   fmt::format("`{}` asks for a value that is defined and not empty", meant),
                   rewrite(subject, condition, comparison, nodes.size() == 3 ? meant : fmt::format("({})", meant)));
    }
  }
}

}  // namespace

extern const Check undefined_is_not_empty;
const Check undefined_is_not_empty = {diag::Code::undefined_is_not_empty,
                                      "An undefined variable is null, and null is not the empty text.",
                                      find_undefined_is_not_empty};

}  // namespace willrun::lint
