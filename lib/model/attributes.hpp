// A judged configuration as GitLab's processor hands it on: what CI lint shows of a job, and what runners get.
#pragma once

#include <willrun/value.hpp>

#include "model/model.hpp"

namespace willrun::model {

// The attributes of one job, defaults applied: {name, stage, stage_idx, when, allow_failure, ..., options: {script,
// ...}}. A key without a value is not there.
Value job_attributes(const yaml::Tree& tree, const Defaults& defaults, const Model& model, const Job& job);

// [{key, value, raw}] of the file's variables.
Value root_variables(const Model& model);

// {name, rules, auto_cancel} of the workflow.
Value workflow_attributes(const yaml::Tree& tree, yaml::NodeId root, const Model& model);

}  // namespace willrun::model
