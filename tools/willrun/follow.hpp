// Child pipelines whose files are at hand.
#pragma once

#include <string>
#include <vector>

#include <willrun/config.hpp>
#include <willrun/decision.hpp>

#include "common/sources.hpp"

namespace willrun::cli {

// One pipeline that a trigger job starts.
struct Followed {
  std::string job;
  std::string note;  // why it was not evaluated; empty: it was
  Config config;
  Decision decision;
};

// The child pipelines of a decision, and theirs, to the two levels that GitLab allows. `add` puts a text under a path
// into the source that `files` reads.
std::vector<Followed> follow(const Decision& decision, const Trigger& trigger, tools::Sources& files,
                             const LoadOptions& options);

}  // namespace willrun::cli
