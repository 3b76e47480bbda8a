// Texts that look like numbers, dates or times to Psych.
#pragma once

#include "yaml/psych_scalar.hpp"

namespace willrun::yaml {

// A text of one line that starts with a digit, a dot or a sign.
Resolved resolve_number(std::string_view text);

}  // namespace willrun::yaml
