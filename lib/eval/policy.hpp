// `only` and `except`: what decides over a job without rules.
#pragma once

#include <functional>

#include <willrun/trigger.hpp>

#include "program/program.hpp"

namespace willrun::eval {

// Evaluates one of the policy's conditions.
using ConditionHolds = std::function<bool(const program::PolicyCondition&)>;

// Every clause holds: what `only` asks for.
bool all_clauses_hold(const program::Policy& policy, const Trigger& trigger, const ConditionHolds& holds);

// Some clause holds: what `except` rules out.
bool any_clause_holds(const program::Policy& policy, const Trigger& trigger, const ConditionHolds& holds);

}  // namespace willrun::eval
