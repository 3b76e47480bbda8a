#include "program/job_variables.hpp"

#include "base/slug.hpp"

namespace willrun::program {

namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Cuts one trailing " n/m" or " [..]", with what joins it to the name; empty when the name ends in neither.
std::string_view without_number(std::string_view name) {
  const std::size_t blank = name.rfind(' ');
  if (blank == std::string_view::npos || blank == 0) return {};
  const std::string_view last = name.substr(blank + 1);
  const std::size_t slash = last.find('/');
  if (slash == std::string_view::npos) return {};
  return is_digits(last.substr(0, slash)) && is_digits(last.substr(slash + 1)) ? name.substr(0, blank)
                                                                               : std::string_view();
}

// The name without the number or values of a parallel job: `x 1/3` and `x: [a, b]` are of group `x`.
std::string_view group_name(std::string_view name) {
  if (name.ends_with(']')) {
    const std::size_t bracket = name.find(": [");
    if (bracket != std::string_view::npos && bracket > 0) return name.substr(0, bracket);
  }
  const std::string_view shorter = without_number(name);
  return shorter.empty() ? name : shorter;
}

}  // namespace

std::vector<JobVariable> predefined_of(const model::Job& job) {
  std::vector<JobVariable> all = {
      {"CI_JOB_NAME", std::string(job.name.value)},
      {"CI_JOB_NAME_SLUG", slug(job.name.value)},
      {"CI_JOB_GROUP_NAME", std::string(group_name(job.name.value))},
      {"CI_JOB_STAGE", std::string(job.stage.value)},
  };
  if (job.when == When::manual || job.when == When::delayed) all.push_back({"CI_JOB_MANUAL", "true"});
  if (job.parallel) {
    all.push_back({"CI_NODE_INDEX", std::to_string(job.instance)});
    all.push_back({"CI_NODE_TOTAL", std::to_string(job.parallel->total)});
  }
  if (job.environment) {
    all.push_back({"CI_ENVIRONMENT_NAME", std::string(job.environment->name.value)});
    all.push_back({"CI_ENVIRONMENT_ACTION", std::string(job.environment->action.value_or("start"))});
    if (job.environment->tier) all.push_back({"CI_ENVIRONMENT_TIER", std::string(*job.environment->tier)});
    if (job.environment->url) all.push_back({"CI_ENVIRONMENT_URL", std::string(*job.environment->url)});
  }
  return all;
}

}  // namespace willrun::program
