// What a configuration holds for decisions to reach: all rules of its workflow and jobs. For tools that ask whether
// their triggers reach everything, and that decide for many triggers.
#pragma once

#include <string_view>
#include <vector>

#include <willrun/config.hpp>
#include <willrun/decision.hpp>

namespace willrun {

// The rules of one list, numbered as DecidingRule numbers them. Texts belong to the program.
struct RuleList {
  std::string_view job;             // its name; empty: the workflow
  Span span;                        // the job's name in its file; instances of `parallel` share it
  std::vector<DecidingRule> rules;  // empty: it has none
};

// The workflow first, then every job in file order, those without rules too; an instance of `parallel` is a job of its
// own. Rules of include lists are not among them: they are evaluated while the configuration is read.
std::vector<RuleList> rule_lists(const Program& program);

// Whether reading took nothing of the trigger but its inputs: the configuration is valid and includes nothing. Then it,
// and its program, hold for every trigger with the same inputs.
bool depends_on_inputs_only(const Config& config);

}  // namespace willrun
