// Which rule of a list holds.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <willrun/explain.hpp>

#include "eval/paths.hpp"
#include "eval/policy.hpp"
#include "eval/scope.hpp"
#include "machine/evaluate.hpp"

namespace willrun::eval {

// Why rules could not be evaluated: GitLab's text, behind the name of what holds the rules.
struct RuleError {
  std::string text;
  // What `changes` or `exists` name is known not to be there: include:rules fail on it, too.
  bool not_there = false;
};

// How the clauses of a rule came out; those that were not looked at have no value.
struct Clauses {
  std::optional<bool> condition;
  std::optional<bool> changes;
  std::optional<bool> exists;
};

class Rules;

// Watches rules and policies while they are evaluated; may ask `rules` for more.
class RuleObserver {
 public:
  virtual ~RuleObserver() = default;
  // `job` null: a rule of the workflow or of an include.
  virtual void rule_evaluated(const program::Rule& rule, const model::Job* job, const Clauses& clauses,
                              Rules& rules) = 0;
  virtual void policy_evaluated(const program::Policy& policy, const model::Job& job, const PolicyClauses& clauses,
                                Rules& rules) = 0;
};

// Evaluates rules for one decision. Remembers what does not depend on a job, so that equal conditions and paths of many
// jobs are decided once. Run state: one for each decision; allocates nothing for a rule, unless its paths hold
// variables.
class Rules {
 public:
  Rules(const program::Program& program, const Trigger& trigger, Phase phase = Phase::rules);

  // The first rule of the range that holds, as its index in Program::rules; kNone when none does. `job` null: workflow.
  std::uint32_t first_match(program::RuleRange range, const model::Job* job);

  // A condition by itself, of `only:variables`.
  bool condition_holds(std::uint32_t condition, bool own_scope);

  // For observers: the paths of a rule, whether its turn came or not. No value: it has none, or GitLab fails on them.
  std::optional<ExplainedPaths> changes_of(const program::Rule& rule, const model::Job* job);
  std::optional<ExplainedPaths> exists_of(const program::Rule& rule, const model::Job* job);

  // The condition or `compare_to` that stopped first_match(), if one did; then it returned kNone.
  const std::optional<RuleError>& error() const { return error_; }

  void set_observer(RuleObserver* observer) { observer_ = observer; }
  // The observer, if there is one, hears of a policy too.
  void tell(const program::Policy& policy, const model::Job& job, const PolicyClauses& clauses) {
    if (observer_ != nullptr) observer_->policy_evaluated(policy, job, clauses, *this);
  }
  Scope& scope() { return scope_; }
  // A job whose environment gives it variables of its own: what is remembered does not hold for it.
  void look_anew(bool anew) { anew_ = anew; }
  // Conditions are evaluated anew from here on: root variables changed.
  void forget();
  void set_workflow_variables(const std::vector<model::Variable>* variables) { workflow_variables_ = variables; }

 private:
  enum class Known : std::uint8_t { unknown, no, yes };

  bool holds(const program::Rule& rule, const model::Job* job);
  bool evaluate(std::uint32_t condition);
  bool paths_hold(std::uint32_t set, const model::Job* job, bool changes);
  bool paths_hold_anew(const program::PathSet& set, const model::Job* job, bool changes);
  bool compare(const program::PathSet& set, std::span<const ReadyPattern> patterns, const model::Job* job,
               bool changes);
  bool changed_here(std::span<const ReadyPattern> patterns);
  bool exists_here(std::span<const ReadyPattern> patterns);
  // The files of another project, looked up once.
  struct OtherTree {
    ProjectTree tree;
    std::optional<FileTree> files;  // of `tree`, or of the trigger's own list
  };
  const OtherTree& other_tree(const std::string& project, const std::string& ref);
  bool exists_elsewhere(const program::PathSet& set, std::span<const ReadyPattern> patterns, const model::Job* job);
  bool differs_from(const std::string& ref, std::span<const ReadyPattern> patterns);
  bool settle(ComparedWith with, std::span<const ReadyPattern> patterns, const PathMatch& match,
              std::string_view other = {});
  std::optional<ExplainedPaths> answer(std::uint32_t set, const model::Job* job, bool changes);
  std::string expanded(std::string_view text, const model::Job* job) const;

  RuleObserver* observer_ = nullptr;
  bool anew_ = false;
  const program::Program& program_;
  const Trigger& trigger_;
  Scope scope_;
  machine::PatternCache patterns_;
  std::vector<Known> conditions_;  // by ExpressionId
  std::vector<Known> paths_;       // by path set
  std::optional<FileTree> tree_;
  std::map<std::pair<std::string, std::string>, OtherTree> other_trees_;  // by project and ref
  const std::vector<model::Variable>* workflow_variables_ = nullptr;
  std::optional<RuleError> error_;
  ExplainedPaths* answer_ = nullptr;  // where the next comparison of paths is written down
};

}  // namespace willrun::eval
