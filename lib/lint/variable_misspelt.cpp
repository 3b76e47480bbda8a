// A name like a predefined one that GitLab does not have.
#include <fmt/format.h>
#include <set>
#include <willrun/nearest.hpp>

#include "lint/check.hpp"
#include "lint/known_variables.hpp"
#include "lint/respell.hpp"

namespace willrun::lint {

namespace {

bool is_predefined_like(std::string_view name) { return name.starts_with("CI_") || name.starts_with("GITLAB_"); }

std::set<std::string_view> own_names(const Subject& subject) {
  std::set<std::string_view> names;
  const auto add = [&](const std::vector<model::Variable>& variables) {
    for (const model::Variable& variable : variables) names.insert(variable.name);
  };
  add(subject.model.variables);
  for (const model::Job& job : subject.model.jobs) add(job.variables);
  for (const RuleList& list : subject.lists) {
    for (const Rule& rule : list.rules) add(rule.model->variables);
  }
  return names;
}

void run(const Subject& subject, Findings& findings) {
  const std::set<std::string_view> own = own_names(subject);
  std::vector<std::string_view> known;
  for (const KnownVariable& variable : known_variables()) known.push_back(variable.name);
  for (const Condition& condition : subject.conditions) {
    for (const expr::Node& node : condition.tree.nodes) {
      if (node.kind != expr::TokenKind::variable) continue;
      const std::string_view name = node.content.of(condition.text);
      if (!is_predefined_like(name) || find_known(name) != nullptr || own.contains(name)) continue;
      const std::string meant = suggestion(name, known);
      if (!meant.empty())
        findings.add(subject.span(condition, node.range), fmt::format("GitLab has no variable {}", name), meant,
                     rewrite(subject, condition, node.content, nearest(name, known)));
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
