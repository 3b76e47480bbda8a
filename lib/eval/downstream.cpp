// Pipelines that trigger jobs start.
#include <algorithm>

#include <willrun/decision.hpp>

#include "eval/names.hpp"
#include "ruby/print.hpp"

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
  const eval::Names names(*decision.program, trigger, eval::workflow_variables(decision),
                          &decision.program->model->jobs[job.job]);
  const auto expanded = [&](std::string_view text) { return names.expand(text, vars::Missing::becomes_empty); };
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
  Trigger child = Trigger::by_parent(parent, {parent.pipeline_iid, parent.project_id, 1});
  child.variables = downstream.variables;
  child.inputs = downstream.inputs;
  return child;
}

}  // namespace willrun
