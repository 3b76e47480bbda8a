// Deep merge of maps: what extends, includes and defaults have in common.
#pragma once

#include <span>

#include "yaml/tree.hpp"

namespace willrun::compose {

// `over` laid over `base`, both mappings: where both have a map under a key the two are merged, else the value of
// `over` takes the place, null included. Keys keep the order of `base`, new ones follow. Gives `base` or `over` itself
// where the other is empty; shares everything that only one side has. Recursion is as deep as the maps, which loading
// bounds.
yaml::NodeId deep_merge(yaml::Tree& tree, yaml::NodeId base, yaml::NodeId over);

// The same for any number of maps, each over those before it; linear in their entries. At least one.
yaml::NodeId deep_merge(yaml::Tree& tree, std::span<const yaml::NodeId> maps);

}  // namespace willrun::compose
