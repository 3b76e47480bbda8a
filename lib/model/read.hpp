// Reading the typed model from a tree that was judged: nothing here fails.
#pragma once

#include "model/model.hpp"
#include "model/validate.hpp"

namespace willrun::model {

// Fills everything but `conditions`, which `pool` already holds.
void read(yaml::Tree& tree, yaml::NodeId root, const Defaults& defaults, const std::vector<JobNodes>& jobs,
          machine::ExpressionPool& pool, Model& model);

// A list of rules by itself.
std::vector<Rule> read_rules(yaml::Tree& tree, yaml::NodeId rules, machine::ExpressionPool& pool);

}  // namespace willrun::model
