// What conditions see: a value for each variable slot of a program, by precedence.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <vector>

#include <willrun/trigger.hpp>

#include "eval/level.hpp"
#include "eval/predefined.hpp"
#include "machine/operand.hpp"
#include "program/program.hpp"

namespace willrun::eval {

// Says which slots of a program the predefined variables fill. Once, before the program is used.
void bind_predefined(program::Program& program);

// The slots of one decision. Only names that a condition reads have a slot; everything else is never computed. Run
// state: one for each decision. Views into program and trigger, which must outlive it.
class Scope {
 public:
  // Predefined variables, those of settings and those of the trigger.
  Scope(const program::Program& program, const Trigger& trigger, Phase phase = Phase::rules);

  // A value from this level on; ignored where a higher level has one.
  void set(std::uint32_t slot, machine::Operand value, Level level);

  // From here on jobs are looked at: what only they see is there.
  void enter_jobs(const program::Program& program, const Trigger& trigger);
  // Remembers what lies below the variables of the file.
  void mark_file();
  // A value for as long as a job is looked at.
  void overlay(std::uint32_t slot, machine::Operand value, Level level);
  // Names of jobs and builds, which rules of a workflow do not see, whoever gives them. Until leave().
  void hide_job_names(const program::Program& program);

  // Lays the variables of a job over the slots, and takes them off again.
  void enter(std::span<const program::OwnVariable> own);
  void leave();

  std::span<const machine::Operand> slots() const { return values_; }
  Level level(std::uint32_t slot) const { return levels_[slot]; }
  // The highest level below that of the value which has a value too; none: there is none.
  Level overridden(std::uint32_t slot) const;

 private:
  struct Saved {
    std::uint32_t slot;
    machine::Operand value;
    Level level;
    std::uint32_t given;
  };

  void fill(const PredefinedRow& row, std::uint32_t slot, const Trigger& trigger);
  void save(std::uint32_t slot) { saved_.push_back({slot, values_[slot], levels_[slot], given_[slot]}); }

  std::vector<machine::Operand> values_;
  std::vector<Level> levels_;
  std::vector<std::uint32_t> given_;  // a bit for each level that has a value
  std::vector<machine::Operand> below_file_;
  std::vector<Level> levels_below_file_;
  std::vector<Saved> saved_;
  std::deque<std::string> texts_;  // values that no trigger holds
};

// The whole list of variables as expansion sees it, lowest level first: what `changes`, `exists` and names are expanded
// with. `job` null: the list of the workflow. `workflow_variables`: of the workflow rule that matched. `seeded`: jobs
// were looked at already, so that the pipeline has its number.
std::vector<Variable> all_variables(const program::Program& program, const Trigger& trigger,
                                    const std::vector<model::Variable>* workflow_variables, const model::Job* job,
                                    const std::optional<std::string_view>& environment = std::nullopt,
                                    bool seeded = false);

// Whether rules of a workflow do not see a variable of this name.
bool is_job_name(std::string_view name);

}  // namespace willrun::eval
