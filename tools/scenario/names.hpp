// Names of jobs, and what a misspelt one may mean.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/decision.hpp>

namespace willrun::scenario {

using JobNames = std::set<std::string, std::less<>>;

// All jobs that a decision looked at.
JobNames job_names(const Decision& decision);

// "did you mean `test`?"; for the name of a job that runs in instances how to name them; empty where nothing is near.
std::string advice(std::string_view name, const JobNames& known);

}  // namespace willrun::scenario
