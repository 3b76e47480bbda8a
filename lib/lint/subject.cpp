#include "lint/subject.hpp"

#include "expr/parser.hpp"
#include "yaml/scalar_map.hpp"

namespace willrun::lint {

Subject::Subject(const Sources& sources) : Sources(sources), usual(usual_pipelines(model, program)) {
  if (model.workflow.rules)
    add_list(nullptr, *model.workflow.rules, tree.find(tree.find(composed, "workflow"), "rules"));
  for (const model::Job& job : model.jobs) {
    if (job.instance > 1) continue;
    if (job.rules) add_list(&job, *job.rules, tree.find(job.config, "rules"));
    add_policies(job);
  }
  note_variables();
}

void Subject::note_variables() {
  const auto note = [&](const std::vector<model::Variable>& variables) {
    for (const model::Variable& variable : variables) set_.insert(variable.name);
  };
  note(model.variables);
  for (const model::Job& job : model.jobs) note(job.variables);
  for (const RuleList& list : lists) {
    for (const Rule& rule : list.rules) note(rule.model->variables);
  }
}

Span Subject::span(const Condition& condition, expr::Range range) const {
  return yaml::ScalarMap(tree, condition.node, files).span(range.begin, range.end);
}

void Subject::add_list(const model::Job* job, const std::vector<model::Rule>& rules, yaml::NodeId list) {
  std::vector<yaml::NodeId> nodes;
  yaml::each_flat(tree, list, [&](yaml::NodeId node) { nodes.push_back(node); });
  RuleList& made = lists.emplace_back();
  made.job = job;
  for (std::size_t i = 0; i < rules.size() && i < nodes.size(); ++i) {
    Rule& rule = made.rules.emplace_back();
    rule.model = &rules[i];
    rule.node = nodes[i];
    if (rules[i].condition) rule.condition = condition_at(tree.find(nodes[i], "if"));
    if (rule.condition != program::kNone) uses.push_back({job, rule.condition});
  }
}

void Subject::add_policies(const model::Job& job) {
  for (const std::string_view keyword : {"only", "except"}) {
    yaml::each_flat(tree, tree.find(tree.find(job.config, keyword), "variables"), [&](yaml::NodeId node) {
      uses.push_back({&job, condition_at(node)});
    });
  }
}

std::uint32_t Subject::condition_at(yaml::NodeId node) {
  if (node == yaml::kNoNode) return program::kNone;
  const auto [known, is_new] =
      known_.emplace(static_cast<std::uint32_t>(node), static_cast<std::uint32_t>(conditions.size()));
  if (!is_new) return known->second;
  Condition condition;
  condition.text = tree.text(node);
  condition.node = node;
  condition.has_inputs = files.text(tree.span(node)).find("$[[") != std::string_view::npos;
  condition.tokens = expr::tokenize(condition.text, options.limits).tokens;
  condition.tree = expr::parse(condition.text, condition.tokens).tree;
  conditions.push_back(std::move(condition));
  return known->second;
}

}  // namespace willrun::lint
