// What no single entry can know: stages that exist, needs that point at jobs, circles.
#pragma once

#include "model/findings.hpp"
#include "model/model.hpp"

namespace willrun::model {

// Checks in GitLab's order: for each job in file order its stage, its needs and the needs of its rules; then circles.
// GitLab stops at the first error, and so does this; the text keeps its letters as they are.
void check_logic(const Model& model, Findings& findings);

}  // namespace willrun::model
