// A slow and obvious glob matcher: writes all brace alternatives out and tries every way to match. For short globs
// only.
#pragma once

#include <string_view>

namespace willrun::glob {

bool reference_matches(std::string_view glob, std::string_view path);

}  // namespace willrun::glob
