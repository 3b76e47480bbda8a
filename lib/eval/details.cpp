// What a decision says of its jobs on request.
#include <algorithm>
#include <unordered_map>

#include <willrun/decision.hpp>

#include "eval/names.hpp"
#include "eval/scope.hpp"
#include "vars/expand.hpp"
#include "vars/reference.hpp"

namespace willrun {

using eval::workflow_variables;

namespace {

const model::Rule* rule_of(const model::Job& job, const JobDecision& decided) {
  return decided.rule ? &(*job.rules)[decided.rule->index] : nullptr;
}

// Root, then the matched workflow rule, job and matched rule: a later one takes the place of an earlier one.
class Merge {
 public:
  explicit Merge(JobDetails& details) : details_(details) {}

  void add(const std::vector<model::Variable>& variables, const model::RootVariables& taken = {}) {
    for (const model::Variable& variable : variables) {
      if (!taken.takes(variable.name)) continue;
      const auto [place, is_new] = places_.emplace(variable.name, details_.variables.size());
      if (is_new) {
        details_.variables.emplace_back(variable.name, std::string());
        raw_.push_back(false);
      }
      details_.variables[place->second].second = variable.value;
      raw_[place->second] = variable.raw;
    }
  }

  void finish() {
    for (std::size_t i = 0; i < raw_.size(); ++i) {
      if (raw_[i]) details_.raw_variables.push_back(details_.variables[i].first);
    }
  }

 private:
  JobDetails& details_;
  std::unordered_map<std::string_view, std::size_t> places_;
  std::vector<bool> raw_;
};

}  // namespace

JobDetails details(const Decision& decision, const JobDecision& decided) {
  JobDetails details;
  if (!decision.program) return details;
  const model::Model& model = *decision.program->model;
  const model::Job& job = model.jobs[decided.job];
  const model::Rule* rule = rule_of(job, decided);
  for (const model::Need& need : rule != nullptr && !rule->needs.empty() ? rule->needs : job.needs)
    details.needs.push_back({std::string(need.job.value), need.artifacts, need.optional});
  Merge merge(details);
  merge.add(model.variables, job.root_variables);
  if (const auto* of_workflow = workflow_variables(decision)) merge.add(*of_workflow, job.root_variables);
  merge.add(job.variables);
  if (rule != nullptr) merge.add(rule->variables);
  merge.finish();
  return details;
}

std::optional<std::vector<std::string>> tags(const Decision& decision, const JobDecision& decided,
                                             const Trigger& trigger) {
  if (!decision.program) return std::nullopt;
  const model::Job& job = decision.program->model->jobs[decided.job];
  if (!job.tags) return std::nullopt;
  // Values are put in as they are given, and undefined names stay.
  const bool refer = std::ranges::any_of(*job.tags, [](const model::Text& tag) { return vars::may_refer(tag.value); });
  std::vector<Variable> all;
  if (refer) all = eval::all_variables(*decision.program, trigger, workflow_variables(decision), &job);
  const vars::ListScope names(all);
  std::vector<std::string> expanded;
  for (const model::Text& tag : *job.tags)
    expanded.push_back(vars::expand(tag.value, names, vars::Missing::stays, {}).text.value_or(std::string(tag.value)));
  return expanded;
}

}  // namespace willrun
