// Precedence of variables: the one list.
#pragma once

#include <cstdint>
#include <string_view>

namespace willrun::eval {

// Where a value comes from; a higher level overrides a lower one. Source: documentation of variable precedence and the
// order in which GitLab's builder joins its lists (conformance category `precedence`).
enum class Level : std::uint8_t {
  none = 0,
  job = 1,         // CI_JOB_*, CI_PIPELINE_TRIGGERED, CI_NODE_TOTAL
  project = 2,     // CI_SERVER_*, CI_PROJECT_*, CI_DEFAULT_BRANCH
  pipeline = 3,    // CI_PIPELINE_*, CI_COMMIT_*
  deployment = 4,  // of integrations, for jobs with an environment
  yaml_root = 5,
  yaml_workflow_rule = 6,
  yaml_job = 7,
  user = 8,       // GITLAB_USER_*
  dotenv = 9,     // of reports of earlier jobs: no rule sees them, no job has run yet
  instance = 10,  // settings of the instance
  group = 11,     // settings of groups, an inner group over an outer one
  project_setting = 12,
  trigger = 13,  // given with the trigger
  schedule = 14,
  chat = 15,        // CHAT_*, which join those of the trigger when all files are read
  manual_job = 16,  // given when a manual job is started: no rule sees them
  release = 17,     // CI_RELEASE_*
  policy = 18,      // of a security policy, for the jobs that it adds and no others: no rule of the file sees them
};

// A level as people read it: "project settings".
std::string_view word(Level level);

// When variables are looked at. While files are included there are no jobs yet, no variables of the file, and nothing
// of the user.
enum class Phase : std::uint8_t { include, rules };

constexpr bool is_seen(Level level, Phase phase) {
  const bool given = level >= Level::instance && level <= Level::schedule;
  return phase == Phase::rules || level == Level::project || level == Level::pipeline || given;
}

}  // namespace willrun::eval
