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
  user = 7,     // GITLAB_USER_*
  trigger = 8,  // given with the trigger
};

}  // namespace willrun::eval
