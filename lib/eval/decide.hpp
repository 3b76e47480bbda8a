// The creation chain: from a compiled configuration and a trigger to a decision, in GitLab's order.
#pragma once

#include <willrun/decision.hpp>

#include "eval/rules.hpp"
#include "program/program.hpp"

namespace willrun::eval {

// What GitLab says before it looks at the configuration: skip markers, variables and inputs of the trigger. Nothing
// when the chain goes on.
std::optional<Decision> refuse_early(const Trigger& trigger, const Limits& limits);

// The rest of the chain: workflow rules, jobs, needs, emptiness.
// `observer`: sees each rule as it is evaluated; null: nobody does.
Decision decide(const std::shared_ptr<const program::Program>& program, const Trigger& trigger,
                RuleObserver* observer = nullptr);

}  // namespace willrun::eval
