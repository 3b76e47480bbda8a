// One number of a JSON text, the way Oj scans it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <willrun/options.hpp>
#include <willrun/value.hpp>

namespace willrun::inputs {

// What stands at the start of a text.
struct JsonNumber {
  ValueKind kind = ValueKind::integer;  // integer, big_integer, floating or big_decimal
  std::int64_t integer = 0;
  double floating = 0;
  std::string text = {};  // of big_integer and big_decimal: canonical, as Value has it
  std::size_t size = 0;   // bytes read
};

// `text` starts with a digit, a sign, `I` or `N` or `n`. None when Oj refuses what stands there, or a number needs more
// digits than Limits::json_number_digits when it is written out.
std::optional<JsonNumber> scan_json_number(std::string_view text, const Limits& limits);

}  // namespace willrun::inputs
