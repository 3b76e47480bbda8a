// Folding of messages to the width of a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace willrun::report {

// `head` and then `text`, folded at spaces so that no line takes more than `width` columns where words allow it; 0
// never folds. Lines after the first, line breaks of the text included, are indented by `indent` columns. `head` is
// measured without ANSI sequences: `head_columns` says what it takes.
std::string fold(std::string_view head, std::uint32_t head_columns, std::string_view text, std::uint32_t indent,
                 std::uint32_t width);

}  // namespace willrun::report
