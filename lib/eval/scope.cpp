#include "eval/scope.hpp"

#include "eval/include_rules.hpp"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "eval/predefined.hpp"
#include "eval/settings.hpp"
#include "program/job_variables.hpp"

namespace willrun::eval {

namespace {

using machine::Operand;

constexpr std::string_view kEnvironmentName = "CI_ENVIRONMENT_NAME";

constexpr std::uint32_t bit(Level level) { return std::uint32_t{1} << static_cast<unsigned>(level); }

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

void append_predefined(std::vector<Variable>& all, const Trigger& trigger, Level from, Level to, bool jobs) {
  for (const PredefinedRow& row : predefined_rows()) {
    if (row.level < from || row.level > to || (row.jobs_only && !jobs)) continue;
    if (const auto value = row.value(trigger)) append(all, row.name, *value);
  }
}

// A later list overrides names of an earlier one in place, as GitLab merges variables of the file.
void merge(std::vector<const model::Variable*>& merged, std::unordered_map<std::string_view, std::size_t>& places,
           const std::vector<model::Variable>& variables, const model::RootVariables& inherited) {
  for (const model::Variable& variable : variables) {
    if (!inherited.takes(variable.name)) continue;
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
  given_.resize(pool.variable_count(), 0);
  for (const auto& [row, slot] : program.predefined_slots) {
    if (!predefined_rows()[row].jobs_only && is_seen(predefined_rows()[row].level, phase))
      fill(predefined_rows()[row], slot, trigger);
  }
  each_setting(trigger, std::nullopt, [&](const Variable& variable, Level level) {
    if (const auto slot = pool.variable_slot(variable.key)) set(*slot, operand(variable), level);
  });
}

void Scope::fill(const PredefinedRow& row, std::uint32_t slot, const Trigger& trigger) {
  auto value = row.value(trigger);
  if (!value) return;
  texts_.push_back(std::move(*value));
  set(slot, Operand::of(std::string_view(texts_.back())), row.level);
}

void bind_predefined(program::Program& program) {
  const auto rows = predefined_rows();
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    if (const auto slot = program.conditions().variable_slot(rows[row].name))
      program.predefined_slots.emplace_back(row, *slot);
  }
}

void Scope::set(std::uint32_t slot, Operand value, Level level) {
  given_[slot] |= bit(level);
  if (level < levels_[slot]) return;
  values_[slot] = value;
  levels_[slot] = level;
}

void Scope::enter_jobs(const program::Program& program, const Trigger& trigger) {
  for (const auto& [row, slot] : program.predefined_slots) {
    if (predefined_rows()[row].jobs_only) fill(predefined_rows()[row], slot, trigger);
  }
}

void Scope::mark_file() {
  below_file_ = values_;
  levels_below_file_ = levels_;
}

void Scope::overlay(std::uint32_t slot, Operand value, Level level) {
  save(slot);
  set(slot, value, level);
}

void Scope::hide_job_names(const program::Program& program) {
  for (std::uint32_t slot = 0; slot < values_.size(); ++slot) {
    if (!is_job_name(program.conditions().variable_name(slot))) continue;
    save(slot);
    values_[slot] = Operand();
    levels_[slot] = Level::none;
    given_[slot] = 0;
  }
}

void Scope::enter(std::span<const program::OwnVariable> own) {
  for (const program::OwnVariable& variable : own) {
    if (!variable.hidden) {
      overlay(variable.slot, Operand::of(variable.value), variable.predefined ? Level::job : Level::yaml_job);
      continue;
    }
    save(variable.slot);
    given_[variable.slot] &= ~(bit(Level::yaml_root) | bit(Level::yaml_workflow_rule));
    const Level level = levels_[variable.slot];
    if (level != Level::yaml_root && level != Level::yaml_workflow_rule) continue;
    values_[variable.slot] = below_file_[variable.slot];
    levels_[variable.slot] = levels_below_file_[variable.slot];
  }
}

void Scope::leave() {
  for (; !saved_.empty(); saved_.pop_back()) {
    values_[saved_.back().slot] = saved_.back().value;
    levels_[saved_.back().slot] = saved_.back().level;
    given_[saved_.back().slot] = saved_.back().given;
  }
}

Level Scope::overridden(std::uint32_t slot) const {
  const std::uint32_t below = given_[slot] & (bit(levels_[slot]) - 1);
  return below == 0 ? Level::none : static_cast<Level>(std::bit_width(below) - 1);
}

bool is_job_name(std::string_view name) { return name.starts_with("CI_JOB") || name.starts_with("CI_BUILD"); }

std::vector<Variable> all_variables(const program::Program& program, const Trigger& trigger,
                                    const std::vector<model::Variable>* workflow_variables, const model::Job* job,
                                    const std::optional<std::string_view>& environment, bool seeded) {
  std::vector<Variable> all;
  seeded = seeded || job != nullptr;
  append_predefined(all, trigger, Level::job, Level::job, seeded);
  if (job != nullptr) {
    for (const program::JobVariable& own : program::predefined_of(*job))
      append(all, own.name, own.name == kEnvironmentName && environment ? *environment : own.value);
  }
  append_predefined(all, trigger, Level::project, Level::pipeline, seeded);
  const auto append_setting = [&](const Variable& variable, Level) { all.push_back(variable); };
  each_deployment_variable(trigger, environment, append_setting);
  std::vector<const model::Variable*> merged;
  std::unordered_map<std::string_view, std::size_t> places;
  const model::RootVariables every;
  const model::RootVariables& inherited = job != nullptr ? job->root_variables : every;
  merge(merged, places, program.model->variables, inherited);
  if (workflow_variables != nullptr) merge(merged, places, *workflow_variables, inherited);
  if (job != nullptr) merge(merged, places, job->variables, every);
  for (const model::Variable* variable : merged) append(all, variable->name, variable->value, variable->raw);
  append_predefined(all, trigger, Level::user, Level::user, seeded);
  each_setting(trigger, environment, append_setting);
  append_predefined(all, trigger, Level::chat, Level::release, seeded);
  if (job == nullptr) std::erase_if(all, [](const Variable& variable) { return is_job_name(variable.key); });
  return all;
}

std::vector<Variable> include_variables(const Trigger& trigger) {
  std::vector<Variable> all;
  append_predefined(all, trigger, Level::project, Level::pipeline, false);
  each_setting(trigger, std::nullopt, [&](const Variable& variable, Level) { all.push_back(variable); });
  return all;
}

}  // namespace willrun::eval
