// What conditions can be, whatever the variables are.
#pragma once

#include <span>

#include "lint/subject.hpp"

namespace willrun::lint {

enum class Truth : std::uint8_t { unknown, always, never, varies };

// Tries every combination of values that can make a difference: null, the empty text, a blank, each text that a
// variable is compared with, and texts that are none of these and match each set of patterns. `unknown` where that are
// too many, where a pattern comes from a variable, and where inputs were filled in.
Truth truth_of(const Condition& condition);

// Whether one of `earlier` is true whenever `later` is.
bool covers(std::span<const Condition* const> earlier, const Condition& later);

}  // namespace willrun::lint
