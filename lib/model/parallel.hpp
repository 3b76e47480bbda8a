// Jobs that run several times at once: `parallel` makes instances of them, and whoever needs such a job needs these.
#pragma once

#include "model/findings.hpp"
#include "model/model.hpp"

namespace willrun::model {

// Replaces each job with `parallel` by its instances ("x 1/3", "x: [linux, 2]"), equal names becoming one, and makes
// `needs` and `dependencies` of all jobs name instances. `$[[ matrix.X ]]` in needs takes the instance's value. False
// when one names a variable that the job's matrix has not: GitLab looks no further then. Texts are kept in `tree`.
bool expand_parallel(yaml::Tree& tree, std::vector<Job>& jobs, Findings& findings);

}  // namespace willrun::model
