// Values that must not show.
#pragma once

#include <span>
#include <string>

#include <willrun/variables.hpp>

namespace willrun::vars {

// The text with the value of each masked variable replaced, wherever it stands: by `[MASKED]`, and an `x` for each
// character that the value is longer.
std::string mask(std::string text, std::span<const Variable> variables);

}  // namespace willrun::vars
