// The walk over a configuration with the tables of keywords: every finding of GitLab's entries, in its order.
#pragma once

#include "model/findings.hpp"

namespace willrun::model {

// Judges one entry and, when it passes, what stands under it.
void validate(const Scope& scope, Findings& findings);

// The jobs of a file, in file order.
struct JobNodes {
  yaml::NodeId name;
  yaml::NodeId config;
  bool bridge;
};

// Judges the whole file: keywords, then jobs. Gives the visible jobs; empty when the file has errors that hide them.
std::vector<JobNodes> validate_file(const Context& context, Findings& findings);

}  // namespace willrun::model
