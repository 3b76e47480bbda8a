#include <willrun/coverage.hpp>

#include "api/loaded.hpp"
#include "program/program.hpp"

namespace willrun {

namespace {

std::vector<DecidingRule> rules_of(const std::optional<std::vector<model::Rule>>& rules) {
  std::vector<DecidingRule> all;
  if (!rules) return all;
  for (const model::Rule& rule : *rules) {
    const auto index = static_cast<std::uint32_t>(all.size());
    all.push_back({index, rule.span, rule.condition ? rule.condition->value : std::string_view()});
  }
  return all;
}

}  // namespace

std::vector<RuleList> rule_lists(const Program& program) {
  const model::Model& model = *program.compiled().model;
  std::vector<RuleList> lists;
  lists.push_back({{}, {}, rules_of(model.workflow.rules)});
  for (const model::Job& job : model.jobs) lists.push_back({job.name.value, job.name.span, rules_of(job.rules)});
  return lists;
}

bool depends_on_inputs_only(const Config& config) { return config.valid() && !config.loaded()->has_include; }

}  // namespace willrun
