// The predefined variables that belong to one job and do not depend on the trigger.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace willrun::program {

struct JobVariable {
  std::string_view name;
  std::string value;
};

// CI_JOB_NAME, CI_JOB_NAME_SLUG, CI_JOB_GROUP_NAME, CI_JOB_STAGE, CI_JOB_MANUAL, as the job's rules see them.
// Source: conformance category `predefined`.
std::vector<JobVariable> predefined_of(const model::Job& job);

}  // namespace willrun::program
