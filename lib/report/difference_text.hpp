// Differences of scenario tests in words.
#pragma once

#include <string>

#include <willrun/scenario.hpp>

namespace willrun::report {

// What differs and why, in one line or more; safe to print.
std::string difference_text(const Difference& difference, const ScenarioResult& result, const ShownPaths& paths);

}  // namespace willrun::report
