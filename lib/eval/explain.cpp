// The observer behind explain().
#include <willrun/explain.hpp>

#include <algorithm>

#include "eval/decide.hpp"
#include "eval/differences.hpp"
#include "ruby/print.hpp"
#include "vars/mask.hpp"

namespace willrun {

namespace {

using program::kNone;

// Those that are hidden, visible for this trigger or not: a value may have come by another way.
std::vector<Variable> masked_variables(const Trigger& trigger) {
  std::vector<Variable> masked;
  const auto add = [&](const Variable& variable) {
    if (variable.masked) masked.push_back(variable);
  };
  const auto add_settings = [&](const std::vector<SettingVariable>& settings) {
    for (const SettingVariable& setting : settings) add(setting.variable);
  };
  add_settings(trigger.deployment_variables);
  add_settings(trigger.instance_variables);
  for (const auto& group : trigger.group_variables) add_settings(group);
  add_settings(trigger.project_variables);
  for (const Variable& variable : trigger.variables) add(variable);
  for (const Variable& variable : trigger.schedule_variables) add(variable);
  return masked;
}

class Recorder : public eval::RuleObserver {
 public:
  Recorder(const program::Program& program, const Trigger& trigger, Explanation& explanation)
      : program_(program), explanation_(explanation), masked_(masked_variables(trigger)) {}

  void rule_evaluated(const program::Rule& rule, const model::Job* job, const eval::Clauses& clauses,
                      const eval::Scope& scope) override {
    if (job != nullptr && (!explanation_.job || job != &program_.model->jobs[*explanation_.job])) return;
    const model::Rule& source =
        job != nullptr ? (*job->rules)[rule.source] : (*program_.model->workflow.rules)[rule.source];
    ExplainedRule& made = (job != nullptr ? explanation_.rules : explanation_.workflow).emplace_back();
    made.rule = {rule.source, source.span, source.condition ? source.condition->value : std::string_view()};
    made.condition = clauses.condition;
    made.changes = clauses.changes;
    made.exists = clauses.exists;
    made.matched = clauses.condition.value_or(true) && clauses.changes.value_or(true) && clauses.exists.value_or(true);
    const When usual = job != nullptr ? job->when.value_or(When::on_success) : When::always;
    made.when = rule.has_when ? rule.when : usual;
    if (rule.condition == kNone) return;
    read(static_cast<machine::ExpressionId>(rule.condition), scope, made);
    const bool stopped = clauses.condition == false && made.when != When::never;
    if (stopped || (made.matched && made.when == When::never)) {
      made.differences = eval::differences(program_, made.rule.condition, scope, stopped);
      for (std::string& text : made.differences) text = vars::mask(std::move(text), masked_);
    }
  }

 private:
  void read(machine::ExpressionId condition, const eval::Scope& scope, ExplainedRule& made) const {
    const machine::ExpressionPool& pool = program_.conditions();
    for (const std::uint32_t slot : pool.slots_read(condition)) {
      ReadVariable& variable = made.read.emplace_back();
      variable.name = pool.variable_name(slot);
      variable.level = eval::word(scope.level(slot));
      const machine::Operand& value = scope.slots()[slot];
      if (!value.is_null()) variable.value = vars::mask(ruby::to_s(machine::to_value(value)), masked_);
    }
  }

  const program::Program& program_;
  Explanation& explanation_;
  std::vector<Variable> masked_;
};

}  // namespace

Explanation explain(const Program& program, const Trigger& trigger, std::string_view job) {
  const program::Program& compiled = program.compiled();
  Explanation explanation;
  const auto& jobs = compiled.model->jobs;
  const auto named = std::ranges::find_if(jobs, [&](const model::Job& one) { return one.name.value == job; });
  if (named != jobs.end()) explanation.job = static_cast<std::uint32_t>(named - jobs.begin());
  if (auto early = eval::refuse_early(trigger, compiled.limits)) {
    explanation.decision = std::move(*early);
    return explanation;
  }
  Recorder recorder(compiled, trigger, explanation);
  explanation.decision = eval::decide(program.shared(), trigger, &recorder);
  if (explanation.job) {
    const program::RuleRange range = compiled.jobs[*explanation.job].rules;
    explanation.not_reached = range.end - range.begin - explanation.rules.size();
  }
  return explanation;
}

}  // namespace willrun
