// Variables as the cases write them.
#pragma once

#include <vector>

#include <willrun/variables.hpp>

#include "conformance/value_json.hpp"

namespace willrun::conformance {

// A list of `{key, value, public, file, masked, raw}`, flags optional, or a map from names to values.
std::vector<Variable> read_variables(const Json& json);

Json shown(const Variable& variable);

}  // namespace willrun::conformance
