// A valid configuration as GitLab's processor hands it on: what its CI lint shows of the jobs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <willrun/config.hpp>
#include <willrun/value.hpp>

namespace willrun {

// A plain value.
struct Processed {
  std::vector<std::string> stages;  // all, .pre and .post included
  // One map a job, in file order, `parallel` made instances: name, stage, stage_idx, when, allow_failure, environment,
  // tag_list, job_variables, needs_attributes, only, except, rules, cache, scheduling_type, options (script, image,
  // artifacts ...). What comes from `default:` and the file's own keywords is filled in; a key without a value is
  // absent.
  std::vector<Value> jobs;
  Value root_variables;  // [{key, value, raw}]
  Value workflow;        // {name, rules, auto_cancel}
};

// Nothing when the configuration is not valid.
std::optional<Processed> process(const Config& config);

}  // namespace willrun
