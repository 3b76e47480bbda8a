// A name like a predefined one that GitLab does not have.
#include <fmt/format.h>
#include <willrun/nearest.hpp>

#include "lint/check.hpp"
#include "lint/known_variables.hpp"
#include "lint/respell.hpp"

namespace willrun::lint {

namespace {

// A name with more changes may be one of somebody's own: CI_DEPLOY_KEY is no CI_DEPLOY_USER.
constexpr std::size_t kMostTypos = 2;

bool is_predefined_like(std::string_view name) { return name.starts_with("CI_") || name.starts_with("GITLAB_"); }

void run(const Subject& subject, Findings& findings) {
  std::vector<std::string_view> known;
  for (const KnownVariable& variable : known_variables()) known.push_back(variable.name);
  for (const Condition& condition : subject.conditions) {
    for (const expr::Node& node : condition.tree.nodes) {
      if (node.kind != expr::TokenKind::variable) continue;
      const std::string_view name = node.content.of(condition.text);
      if (!is_predefined_like(name) || find_known(name) != nullptr || subject.sets(name)) continue;
      const std::string_view meant = nearest(name, known, kMostTypos);
      if (!meant.empty())
        findings.add(subject.span(condition, node.range), fmt::format("GitLab has no variable {}", name),
                     fmt::format("did you mean `{}`?", meant), rewrite(subject, condition, node.content, meant));
    }
  }
}

}  // namespace

extern const Check variable_misspelt;
const Check variable_misspelt = {diag::Code::variable_misspelt,
                                 "An undefined variable is null, and the condition goes on with that. Names that are "
                                 "near to nothing may come from settings and are left alone.",
                                 run};

}  // namespace willrun::lint
