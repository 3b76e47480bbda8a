// Texts with variables in them, expanded as rules see these variables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <willrun/decision.hpp>

#include "program/program.hpp"
#include "vars/expand.hpp"

namespace willrun::eval {

// Variables of the workflow rule that a decision found; null when there is none.
const std::vector<model::Variable>* workflow_variables(const Decision& decision);

// The sorted and expanded list of one job, or (`job` null) of the pipeline. Making it costs as much as the list is
// long; a text that refers to nothing needs none. `seeded`: as in all_variables().
class Names {
 public:
  Names(const program::Program& program, const Trigger& trigger, const std::vector<model::Variable>* workflow_variables,
        const model::Job* job, bool seeded = false);
  Names(const Names&) = delete;  // the scope refers to the list
  Names& operator=(const Names&) = delete;

  std::string expand(std::string_view text, vars::Missing missing) const;
  // A text to be shown: without the values of masked variables.
  std::string masked(std::string text) const;

 private:
  SortedVariables sorted_;
  vars::ListScope scope_;
};

}  // namespace willrun::eval
