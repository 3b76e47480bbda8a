// Expansion of one text.
#pragma once

#include <string_view>

#include "vars/scope.hpp"

namespace willrun::vars {

// What becomes of a reference without a value to put there.
enum class Missing : unsigned char { becomes_empty, stays };

// One pass over the text; values are put in as they are.
Expanded expand(std::string_view text, const Scope& scope, Missing missing, const ExpandOptions& options);

}  // namespace willrun::vars
