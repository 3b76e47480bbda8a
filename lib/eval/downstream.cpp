// Pipelines that trigger jobs start.
#include <algorithm>

#include <willrun/decision.hpp>

#include "eval/scope.hpp"
#include "ruby/print.hpp"
#include "vars/expand.hpp"
#include "vars/sort.hpp"

namespace willrun {

namespace {

// `trigger:` of a job, as the model keeps it.
const Value* trigger_of(const Decision& decision, const JobDecision& job) {
  if (!decision.program || !job.bridge) return nullptr;
  const model::Job& written = decision.program->model->jobs[job.job];
  return written.trigger ? &*written.trigger : nullptr;
}

bool forwards(const Value& written, std::string_view what, bool usual) {
  const Value* forward = written.find("forward");
  const Value* flag = forward == nullptr ? nullptr : forward->find(what);
  return flag != nullptr && flag->kind() == ValueKind::boolean ? flag->boolean() : usual;
}

std::string text_of(const Value* value) {
  return value != nullptr && value->kind() == ValueKind::string ? value->text() : std::string();
}

void hand_on(std::vector<Variable>& all, Variable variable) {
  std::erase_if(all, [&](const Variable& known) { return known.key == variable.key; });
  all.push_back(std::move(variable));
}

}  // namespace

std::optional<Downstream> downstream(const Decision& decision, const JobDecision& job, const Trigger& trigger) {
  const Value* written = trigger_of(decision, job);
  if (written == nullptr) return std::nullopt;
  const auto* of_workflow = decision.workflow_rule
                                ? &(*decision.program->model->workflow.rules)[decision.workflow_rule->index].variables
                                : nullptr;
  const model::Job& model_job = decision.program->model->jobs[job.job];
  const std::vector<Variable> all = eval::all_variables(*decision.program, trigger, of_workflow, &model_job);
  const SortedVariables sorted = vars::sort_and_expand(all, {}, decision.program->limits);
  const vars::ListScope names(sorted.variables);
  const auto expanded = [&](std::string_view text) {
    return vars::expand(text, names, vars::Missing::becomes_empty, {}).text.value_or(std::string(text));
  };
  Downstream made;
  if (written->kind() == ValueKind::string) {
    made.project = expanded(written->text());
  } else {
    made.project = expanded(text_of(written->find("project")));
    made.branch = expanded(text_of(written->find("branch")));
    made.strategy = text_of(written->find("strategy"));
    if (const Value* include = written->find("include")) made.include = *include;
    const Value* inputs = written->find("inputs");
    if (inputs != nullptr && inputs->kind() == ValueKind::mapping) {
      for (const auto& [name, value] : inputs->pairs())
        made.inputs.emplace_back(ruby::to_s(name),
                                 value.kind() == ValueKind::string ? Value(expanded(value.text())) : value);
    }
  }
  if (forwards(*written, "pipeline_variables", false)) {
    for (const Variable& variable : trigger.variables) hand_on(made.variables, variable);
  }
  if (forwards(*written, "yaml_variables", true)) {
    const JobDetails own = details(decision, job);
    for (const auto& [name, value] : own.variables) {
      const bool raw = std::ranges::count(own.raw_variables, name) > 0;
      Variable variable;
      variable.key = name;
      variable.value = raw ? value : expanded(value);
      variable.raw = raw;
      hand_on(made.variables, std::move(variable));
    }
  }
  return made;
}

Trigger child_trigger(const Trigger& parent, const Downstream& downstream) {
  Trigger child = parent;
  child.source = PipelineSource::parent_pipeline;
  child.upstream = Upstream{parent.pipeline_iid, parent.project_id, 1};
  child.variables = downstream.variables;
  child.schedule_variables.clear();
  child.inputs = downstream.inputs;
  child.chat_command.reset();
  return child;
}

}  // namespace willrun
