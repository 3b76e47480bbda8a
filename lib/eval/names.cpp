#include "eval/names.hpp"

#include "eval/scope.hpp"
#include "vars/mask.hpp"
#include "vars/sort.hpp"

namespace willrun::eval {

const std::vector<model::Variable>* workflow_variables(const Decision& decision) {
  if (!decision.workflow_rule) return nullptr;
  return &(*decision.program->model->workflow.rules)[decision.workflow_rule->index].variables;
}

Names::Names(const program::Program& program, const Trigger& trigger,
             const std::vector<model::Variable>* workflow_variables, const model::Job* job, bool seeded)
    : sorted_(vars::sort_and_expand(all_variables(program, trigger, workflow_variables, job, {}, seeded), {},
                                    program.limits)),
      scope_(sorted_.variables) {}

std::string Names::expand(std::string_view text, vars::Missing missing) const {
  return vars::expand(text, scope_, missing, {}).text.value_or("");
}

std::string Names::masked(std::string text) const { return vars::mask(std::move(text), sorted_.variables); }

}  // namespace willrun::eval
