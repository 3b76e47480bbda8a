// All scenarios of a file, decided and compared.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <willrun/scenario.hpp>

#include "scenario/read.hpp"
#include "scenario/run.hpp"

namespace willrun::scenario {

struct RoundOptions {
  LoadOptions load;
  std::string only;                               // names of scenarios to decide, with `*`; empty: all
  std::optional<std::vector<std::string>> paths;  // of the repository, for scenarios that give no tree
  // Of other projects, for those that a scenario does not give.
  std::function<ProjectTree(const std::string& project, const std::string& ref)> project_tree;
};

// Movable: what points into it stays where it is.
struct Round {
  ScenarioFile file;  // its diagnostics say which names could never hold; there are no results then
  std::unique_ptr<Configurations> configurations;
  std::vector<const LoadedConfiguration*> loaded;  // by scenario
  std::vector<std::optional<Decision>> decisions;  // by scenario; none: not chosen
  std::vector<ScenarioResult> results;             // of those that were chosen
  CoverageReport coverage;                         // over those; what there is to reach is that of all scenarios
};

// `file` is sound; its configuration is read from `files` during the call, and not afterwards.
Round run(ScenarioFile file, FileSource& files, const RoundOptions& options);

}  // namespace willrun::scenario
