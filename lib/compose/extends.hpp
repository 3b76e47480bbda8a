// `extends`: jobs that take what others have.
#pragma once

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>

#include "yaml/tree.hpp"

namespace willrun::compose {

// Merges into every top-level map what its `extends` names, as GitLab does after includes and before references are
// resolved. Bases are merged in order, then the map itself over them: maps merge key by key, any other value takes the
// place of the old one. Bases may extend in turn, up to Limits::extends_depth. Empty strings and lists name nothing:
// the key stays.
//
// The value is a root that shares what did not change; `root` itself where nothing extends. The first failure is the
// one error: an unknown base, a circle, nesting over the limit.
Outcome<yaml::NodeId> resolve_extends(yaml::Tree& tree, yaml::NodeId root, const Limits& limits = {});

}  // namespace willrun::compose
