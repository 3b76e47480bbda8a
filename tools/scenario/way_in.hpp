// What would have to be given for a scenario to pass.
#pragma once

#include <vector>

#include <willrun/decision.hpp>
#include <willrun/scenario.hpp>

namespace willrun::scenario {

// Gives each missing job, and a pipeline that the workflow refuses, the smallest change that would let it in, as
// advice. `trigger` is the decision's.
void add_ways_in(std::vector<Difference>& differences, const Decision& decision, const Program& program,
                 const Trigger& trigger);

}  // namespace willrun::scenario
