// Values as YAML texts that read as the same values.
#pragma once

#include <string>
#include <string_view>

#include <willrun/value.hpp>

namespace willrun::scenario {

// In one line, lists and maps in brackets: `[a, 'b: c']`. Texts are plain where that is safe inside brackets too, else
// in single quotes, and in double quotes where they hold single ones, line breaks or other controls. Texts, booleans,
// integers, null, lists and maps only.
std::string flow_text(const Value& value);

// As the value of a key in a block map whose entries are indented by `indent` blanks, from behind the colon: in one
// line where that takes at most 100 columns, else a line an item. Ends without a line break.
std::string block_text(const Value& value, std::size_t indent);

}  // namespace willrun::scenario
