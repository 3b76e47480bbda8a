// Precedence of variables: the one list.
#pragma once

#include <cstdint>

namespace willrun::eval {

// Where a value comes from; a higher level overrides a lower one. Source: documentation of variable precedence and the
// order in which GitLab's builder joins its lists (conformance category `precedence`).
enum class Level : std::uint8_t {
  none = 0,
  job = 1,       // CI_JOB_*, CI_PIPELINE_TRIGGERED, CI_NODE_TOTAL
  project = 2,   // CI_SERVER_*, CI_PROJECT_*, CI_DEFAULT_BRANCH
  pipeline = 3,  // CI_PIPELINE_*, CI_COMMIT_*
  yaml_root = 4,
  yaml_workflow_rule = 5,
  yaml_job = 6,
  user = 7,      // GITLAB_USER_*
  instance = 8,  // settings of the instance
  group = 9,     // settings of groups, an inner group over an outer one
  project_setting = 10,
  trigger = 11,  // given with the trigger
  schedule = 12,
};

// When variables are looked at. While files are included there are no jobs yet, no variables of the file, and nothing
// of the user.
enum class Phase : std::uint8_t { include, rules };

constexpr bool is_seen(Level level, Phase phase) {
  return phase == Phase::rules || level == Level::project || level == Level::pipeline || level > Level::user;
}

}  // namespace willrun::eval
