#include "eval/level.hpp"

namespace willrun::eval {

std::string_view word(Level level) {
  switch (level) {
    case Level::none: return {};
    case Level::job:
    case Level::project:
    case Level::pipeline:
    case Level::user:
    case Level::chat:
    case Level::release: return "predefined";
    case Level::deployment: return "deployment";
    case Level::dotenv: return "dotenv report";
    case Level::manual_job: return "manual job";
    case Level::policy: return "policy";
    case Level::yaml_root: return "file";
    case Level::yaml_workflow_rule: return "workflow rule";
    case Level::yaml_job: return "job";
    case Level::instance: return "instance settings";
    case Level::group: return "group settings";
    case Level::project_setting: return "project settings";
    case Level::trigger: return "trigger";
    case Level::schedule: return "schedule";
  }
  return {};
}

}  // namespace willrun::eval
