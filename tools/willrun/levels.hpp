// Levels that settings give to findings.
#pragma once

#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/source.hpp>

#include "common/settings.hpp"

namespace willrun::cli {

// Findings of checks at the levels that the settings give them; those that are off are gone.
std::vector<Diagnostic> at_levels(std::vector<Diagnostic> findings, const tools::Settings& settings);

// What GitLab itself says, likewise where it warns of a kind that is a check too; comments of the files silence it.
// Errors stay as they are.
std::vector<Diagnostic> gitlabs_at_levels(std::vector<Diagnostic> findings, const SourceFiles& files,
                                          const tools::Settings& settings);

}  // namespace willrun::cli
