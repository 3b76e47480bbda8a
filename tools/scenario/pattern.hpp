// Patterns between slashes, as `rules:if` has them.
#pragma once

#include <string>
#include <string_view>

namespace willrun::scenario {

// Why `=~` would not take the pattern; empty when it does.
std::string wrong_pattern(std::string_view pattern);
// Whether the pattern, a sound one, is found in the text.
bool matches_pattern(std::string_view pattern, const std::string& text);

}  // namespace willrun::scenario
