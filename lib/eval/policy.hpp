// `only` and `except`: what decides over a job without rules.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include <willrun/trigger.hpp>

#include "program/program.hpp"

namespace willrun::eval {

// Evaluates one of the policy's conditions.
using ConditionHolds = std::function<bool(const program::PolicyCondition&)>;

// One clause as it came out. Views into program and trigger.
struct PolicyClause {
  bool held = false;
  std::string_view matched;    // of refs: the first that matched
  std::uint32_t position = 0;  // of variables and changes: the first in the list that held
  std::string_view path;       // of changes: the path that it matched
};

// Those that are there.
struct PolicyClauses {
  std::optional<PolicyClause> refs, variables, changes, kubernetes;

  // Every clause holds: what `only` asks for.
  bool all_hold() const;
  // Some clause holds: what `except` rules out.
  bool any_holds() const;
};

PolicyClauses look_at(const program::Policy& policy, const Trigger& trigger, const ConditionHolds& holds);

}  // namespace willrun::eval
