#include "eval/circles.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "eval/scope.hpp"
#include "vars/reference.hpp"
#include "vars/sort.hpp"

namespace willrun::eval {

std::optional<std::string> Circles::of(const model::Job& job, const std::vector<model::Variable>* workflow_variables,
                                       const std::optional<std::string>& environment) {
  if (!common_circle_) common_circle_ = !find(workflow_variables, nullptr, {}).empty();
  const bool refers =
      vars::may_refer(job.name.value) || vars::may_refer(job.stage.value) || environment ||
      std::ranges::any_of(job.variables, [](const model::Variable& own) { return vars::may_refer(own.value); });
  if (!*common_circle_ && !refers) return std::nullopt;
  const std::string circle = find(workflow_variables, &job, environment);
  if (circle.empty()) return std::nullopt;
  return fmt::format("{}: {}", job.name.value, circle);
}

std::string Circles::find(const std::vector<model::Variable>* workflow_variables, const model::Job* job,
                          const std::optional<std::string>& environment) const {
  return vars::sort_and_expand(all_variables(program_, trigger_, workflow_variables, job, environment), {},
                               program_.limits)
      .error;
}

}  // namespace willrun::eval
