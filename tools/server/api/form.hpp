// Inputs as a form shows them.
#pragma once

#include <vector>

#include <willrun/inputs.hpp>

#include "server/parameters.hpp"

namespace willrun::server {

// An object for each: name, type, description, required, default, options, regex, rules.
Json form_of(const std::vector<InputSpec>& specs);

}  // namespace willrun::server
