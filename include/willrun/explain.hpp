// Why a job is in a pipeline, or is not: what the evaluator met on its way.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/decision.hpp>

namespace willrun {

// A variable as a condition read it.
struct ReadVariable {
  std::string name;
  std::optional<std::string> value;  // none: not defined. Values of masked variables are hidden
  std::string_view level;            // where the value comes from, as in VisibleVariable; empty: not defined
};

// One rule that was looked at. Clauses that were not reached, or that the rule does not have, have no value.
struct ExplainedRule {
  DecidingRule rule;
  std::optional<bool> condition;
  std::optional<bool> changes;
  std::optional<bool> exists;
  std::vector<ReadVariable> read;  // by the condition, each name once
  bool matched = false;
  When when = When::on_success;  // what the rule says, or else the job
  // The fewest differences that would make the rule match, or, of one that says never, not match; empty: it would take
  // more than its condition.
  std::vector<std::string> differences;
};

struct Explanation {
  Decision decision;
  std::vector<ExplainedRule> workflow;  // the rules looked at, in order
  std::vector<ExplainedRule> rules;     // likewise, of the job
  std::size_t not_reached = 0;          // rules of the job behind the one that decided
  std::optional<std::uint32_t> job;     // its number in the program; none: there is no such job
};

// Decides, and watches the rules of the workflow and of the job of this name (an instance of `parallel` by its own
// name). Threads: may run concurrently on one Program.
Explanation explain(const Program& program, const Trigger& trigger, std::string_view job);

}  // namespace willrun
