// Names with `*`.
#pragma once

#include <string_view>

namespace willrun::tools {

// Whether the pattern, in which `*` stands for any characters, is the whole text. Costs at most pattern x text.
bool matches_wildcard(std::string_view pattern, std::string_view text);

}  // namespace willrun::tools
