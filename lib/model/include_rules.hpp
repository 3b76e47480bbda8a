// `include:rules`: judged and read while the files of a configuration are still being put together.
#pragma once

#include <optional>
#include <string>

#include "model/model.hpp"

namespace willrun::model {

// The first thing that GitLab finds wrong with the list, without the `include:` in front ("rules config can't be
// blank").
std::optional<std::string> refuse_include_rules(yaml::Tree& tree, const SourceFiles& files, yaml::NodeId rules,
                                                const LoadOptions& options);

// Sound rules, as those of a workflow without jobs.
Model read_include_rules(yaml::Tree& tree, yaml::NodeId rules, const Limits& limits);

}  // namespace willrun::model
