// Variables that refer to each other in a circle.
#pragma once

#include <optional>
#include <string>

#include <willrun/trigger.hpp>

#include "program/program.hpp"

namespace willrun::eval {

// Looks for circles among what a job would expand. The list without a job's own variables is looked at once; a job
// whose own variables refer to nothing cannot close a circle that the list does not have. Run state: one for each
// decision.
class Circles {
 public:
  Circles(const program::Program& program, const Trigger& trigger) : program_(program), trigger_(trigger) {}

  // GitLab's text for the job, when there is one.
  // `refers`: the job's own texts may refer to variables. `environment`: the job's, expanded.
  std::optional<std::string> of(const model::Job& job, bool refers,
                                const std::vector<model::Variable>* workflow_variables,
                                const std::optional<std::string_view>& environment);

 private:
  std::string find(const std::vector<model::Variable>* workflow_variables, const model::Job* job,
                   const std::optional<std::string_view>& environment) const;

  const program::Program& program_;
  const Trigger& trigger_;
  std::optional<bool> common_circle_;
};

}  // namespace willrun::eval
