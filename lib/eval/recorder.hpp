// The observer behind explanations: writes down what the evaluator meets.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <willrun/explain.hpp>

#include "eval/rules.hpp"
#include "eval/way_in.hpp"

namespace willrun::eval {

// A list of rules as it was met.
struct RecordedRules {
  std::vector<ExplainedRule> rules;  // of the whole list, as soon as one of them was looked at

  // What would let something in: what makes `works` true of the trigger that differs so.
  std::optional<WayIn> way_in(const Trigger& trigger, const std::function<bool(const Trigger&)>& works) const;

  // For the search, a fact and a pair (changes, exists) for each rule; texts of masked variables are still in them.
  std::vector<RuleFacts> facts;
  std::vector<std::pair<std::optional<ExplainedPaths>, std::optional<ExplainedPaths>>> paths;
  std::map<std::string, std::optional<std::string>, std::less<>> values;
  std::vector<Variable> masked;
};

// Watches the rules of a workflow, or of an include, and those of one job. Refers to program and trigger.
class Recorder : public RuleObserver {
 public:
  Recorder(const program::Program& program, const Trigger& trigger, std::optional<std::uint32_t> job = std::nullopt);

  void rule_evaluated(const program::Rule& rule, const model::Job* job, const Clauses& clauses, Rules& rules) override;
  void policy_evaluated(const program::Policy& policy, const model::Job& job, const PolicyClauses& clauses,
                        Rules& rules) override;

  RecordedRules& workflow() { return workflow_; }
  RecordedRules& job_rules() { return job_rules_; }
  std::vector<ExplainedPolicy>& policies() { return policies_; }

 private:
  void foresee(RecordedRules& list, const model::Job* job, Rules& rules) const;
  ExplainedRule foreseen(const program::Rule& rule, const model::Rule& source, const model::Job* job,
                         const Scope& scope) const;
  void read(std::uint32_t condition, const Scope& scope, std::vector<ReadVariable>& read) const;
  std::vector<ConditionPart> parts(std::string_view condition, const Scope& scope) const;
  std::optional<ExplainedPaths> shown(std::optional<ExplainedPaths> paths) const;
  ExplainedClause shown(std::string_view name, const PolicyClause& clause, std::string_view matched) const;
  std::string hide(std::string text) const;

  const program::Program& program_;
  std::optional<std::uint32_t> job_;
  std::vector<Variable> masked_;
  RecordedRules workflow_;
  RecordedRules job_rules_;
  std::vector<ExplainedPolicy> policies_;
};

}  // namespace willrun::eval
