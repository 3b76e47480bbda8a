// Values that a caller gives, and what a user of GitLab sees of the errors they cause.
#pragma once

#include <optional>
#include <span>
#include <string>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>

#include "yaml/tree.hpp"

namespace willrun::inputs {

// Adds a given value (null: none, and kNoNode) to the tree, all of it with this span. No value when it is nested deeper
// than Limits::json_depth.
std::optional<yaml::NodeId> add_given(yaml::Tree& tree, const Value& value, Span place, const Limits& limits);

// Why add_given() gave nothing.
Diagnostic too_deep(Span place);

// GitLab shows the first three errors of a text as one, joined with ", "; empty where it has nothing to say.
std::string shown_error(std::span<const Diagnostic> diagnostics);

}  // namespace willrun::inputs
