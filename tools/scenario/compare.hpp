// An expectation against a decision.
#pragma once

#include <vector>

#include <willrun/decision.hpp>
#include <willrun/scenario.hpp>

#include "scenario/scenario.hpp"

namespace willrun::scenario {

// Whether the pipeline came out as expected, whatever its jobs are.
bool outcome_as_expected(const Expectation& expectation, const Decision& decision);

// Everything that differs, in the order: outcome, name, warnings, jobs. Where the outcome differs, nothing else is
// looked at. Pure; the differences hold views into the decision's program.
std::vector<Difference> compare(const Expectation& expectation, const Decision& decision);

}  // namespace willrun::scenario
