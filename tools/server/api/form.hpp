// Inputs and variables as a form shows them.
#pragma once

#include <vector>

#include <willrun/config.hpp>
#include <willrun/inputs.hpp>

#include "server/parameters.hpp"

namespace willrun::server {

// An object for each: name, type, description, required, default, options, regex, rules.
Json form_of(const std::vector<InputSpec>& specs);

// The file's variables that have a description, which GitLab's page for a new pipeline has fields for: a list of
// {key, value, description, options}, in the order of the file. Null where the configuration is not valid: they are not
// known then.
Json described_variables(const Config& config);

}  // namespace willrun::server
