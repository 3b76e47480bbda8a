#include "eval/circles.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "eval/scope.hpp"
#include "eval/settings.hpp"
#include "vars/reference.hpp"
#include "vars/sort.hpp"

namespace willrun::eval {

namespace {

// Texts that people write, and that may hold a reference: without one in a setting, the file or one of these nothing
// closes a circle.
bool trigger_refers(const Trigger& trigger) {
  const auto refers = [](std::string_view text) { return vars::may_refer(text); };
  bool any = refers(trigger.commit_message) || refers(trigger.ref) || refers(trigger.commit_author) ||
             refers(trigger.schedule_description) || refers(trigger.user_name);
  if (trigger.merge_request) {
    const MergeRequest& request = *trigger.merge_request;
    any = any || refers(request.title) || refers(request.description) || refers(request.target_branch) ||
          refers(request.milestone) || std::ranges::any_of(request.labels, refers) ||
          std::ranges::any_of(request.assignees, refers);
  }
  each_setting(trigger, std::nullopt,
               [&](const Variable& variable, Level) { any = any || refers(variable.value.value_or("")); });
  return any;
}

}  // namespace

std::optional<std::string> Circles::of(const model::Job& job, bool refers,
                                       const std::vector<model::Variable>* workflow_variables,
                                       const std::optional<std::string_view>& environment) {
  if (!common_circle_) {
    common_circle_ =
        (program_.file_refers || trigger_refers(trigger_)) && !find(workflow_variables, nullptr, {}).empty();
  }
  if (!*common_circle_ && !refers) return std::nullopt;
  const std::string circle = find(workflow_variables, &job, environment);
  if (circle.empty()) return std::nullopt;
  return fmt::format("{}: {}", job.name.value, circle);
}

std::string Circles::find(const std::vector<model::Variable>* workflow_variables, const model::Job* job,
                          const std::optional<std::string_view>& environment) const {
  return vars::sort_and_expand(all_variables(program_, trigger_, workflow_variables, job, environment), {},
                               program_.limits)
      .error;
}

}  // namespace willrun::eval
