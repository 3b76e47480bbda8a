// Expectations that a decision meets.
#pragma once

#include <willrun/decision.hpp>
#include <willrun/value.hpp>

#include "scenario/scenario.hpp"

namespace willrun::scenario {

// All of it in short: the names of the jobs, or how the pipeline ended.
Value snapshot(const Decision& decision);

// The expectation with what differs put right: the same keys, names and patterns that hold stay, those that do not are
// taken out, jobs that are missing from `jobs` follow. `written` is the map that `expectation` was read from.
Value revised(const Value& written, const Expectation& expectation, const Decision& decision);

}  // namespace willrun::scenario
