// Levels that settings give to findings.
#pragma once

#include <vector>

#include <willrun/diagnostic.hpp>

#include "common/settings.hpp"

namespace willrun::cli {

// Findings of checks at the levels that the settings give them; those that are off are gone.
std::vector<Diagnostic> at_levels(std::vector<Diagnostic> findings, const tools::Settings& settings);

}  // namespace willrun::cli
