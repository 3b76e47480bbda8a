#include "eval/scope.hpp"

#include "eval/include_rules.hpp"

#include <algorithm>
#include <unordered_map>

#include "eval/predefined.hpp"
#include "eval/settings.hpp"
#include "program/job_variables.hpp"

namespace willrun::eval {

namespace {

using machine::Operand;

Operand operand(const Variable& variable) {
  return variable.value ? Operand::of(std::string_view(*variable.value)) : Operand();
}

void append(std::vector<Variable>& all, std::string_view name, std::string_view value, bool raw = false) {
  Variable variable;
  variable.key = name;
  variable.value = value;
  variable.raw = raw;
  all.push_back(std::move(variable));
}

void append_predefined(std::vector<Variable>& all, const Trigger& trigger, Level from, Level to) {
  for (const PredefinedRow& row : predefined_rows()) {
    if (row.level < from || row.level > to) continue;
    if (const auto value = row.value(trigger)) append(all, row.name, *value);
  }
}

// A later list overrides names of an earlier one in place, as GitLab merges variables of the file.
void merge(std::vector<const model::Variable*>& merged, std::unordered_map<std::string_view, std::size_t>& places,
           const std::vector<model::Variable>& variables) {
  for (const model::Variable& variable : variables) {
    const auto [place, is_new] = places.emplace(variable.name, merged.size());
    if (is_new) {
      merged.push_back(&variable);
    } else {
      merged[place->second] = &variable;
    }
  }
}

}  // namespace

Scope::Scope(const program::Program& program, const Trigger& trigger, Phase phase) {
  const machine::ExpressionPool& pool = program.conditions();
  values_.resize(pool.variable_count());
  levels_.resize(pool.variable_count(), Level::none);
  for (const PredefinedRow& row : predefined_rows()) {
    const auto slot = pool.variable_slot(row.name);
    if (!slot || !is_seen(row.level, phase)) continue;
    auto value = row.value(trigger);
    if (!value) continue;
    texts_.push_back(std::move(*value));
    set(*slot, Operand::of(std::string_view(texts_.back())), row.level);
  }
  each_setting(trigger, std::nullopt, [&](const Variable& variable, Level level) {
    if (const auto slot = pool.variable_slot(variable.key)) set(*slot, operand(variable), level);
  });
}

void Scope::set(std::uint32_t slot, Operand value, Level level) {
  if (level < levels_[slot]) return;
  values_[slot] = value;
  levels_[slot] = level;
}

void Scope::enter(std::span<const program::OwnVariable> own) {
  for (const program::OwnVariable& variable : own) {
    saved_.push_back({variable.slot, values_[variable.slot], levels_[variable.slot]});
    set(variable.slot, Operand::of(variable.value), variable.predefined ? Level::job : Level::yaml_job);
  }
}

void Scope::leave() {
  for (; !saved_.empty(); saved_.pop_back()) {
    values_[saved_.back().slot] = saved_.back().value;
    levels_[saved_.back().slot] = saved_.back().level;
  }
}

std::vector<Variable> all_variables(const program::Program& program, const Trigger& trigger,
                                    const std::vector<model::Variable>* workflow_variables, const model::Job* job) {
  std::vector<Variable> all;
  if (job != nullptr) {
    for (const program::JobVariable& own : program::predefined_of(*job)) append(all, own.name, own.value);
  }
  append_predefined(all, trigger, Level::job, Level::pipeline);
  std::vector<const model::Variable*> merged;
  std::unordered_map<std::string_view, std::size_t> places;
  merge(merged, places, program.model->variables);
  if (workflow_variables != nullptr) merge(merged, places, *workflow_variables);
  if (job != nullptr) merge(merged, places, job->variables);
  for (const model::Variable* variable : merged) append(all, variable->name, variable->value, variable->raw);
  append_predefined(all, trigger, Level::user, Level::user);
  each_setting(trigger, std::nullopt, [&](const Variable& variable, Level) { all.push_back(variable); });
  return all;
}

std::vector<Variable> include_variables(const Trigger& trigger) {
  std::vector<Variable> all;
  append_predefined(all, trigger, Level::project, Level::pipeline);
  each_setting(trigger, std::nullopt, [&](const Variable& variable, Level) { all.push_back(variable); });
  return all;
}

}  // namespace willrun::eval
