// From a composed tree to the model.
#pragma once

#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>

#include "compose/lineage.hpp"
#include "model/model.hpp"

namespace willrun::model {

// Judges the tree (a mapping) as GitLab does and reads the model. No model when GitLab refuses the configuration; the
// diagnostics are in GitLab's order. New nodes (spelled numbers of variables) are added to the tree.
Outcome<Model> build(yaml::Tree& tree, const SourceFiles& files, yaml::NodeId root, const compose::Lineage& lineage,
                     const LoadOptions& options);

// The model as text, one line an element, for dumps and tests.
std::string print(const Model& model);

}  // namespace willrun::model
