// Wildcards in `include:local`.
#pragma once

#include <string_view>

namespace willrun::compose {

// `*` stands for any characters but '/', `**` for any characters, `**/` also for nothing. Everything else stands for
// itself. Linear in pattern times path.
bool wildcard_matches(std::string_view pattern, std::string_view path);

}  // namespace willrun::compose
