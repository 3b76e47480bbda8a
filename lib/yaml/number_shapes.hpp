// The shapes by which Psych tells numbers, dates and times from strings.
#pragma once

#include <string_view>

namespace willrun::yaml {

enum class NumberShape : std::uint8_t {
  none,
  time,          // 2020-01-01 12:34:56, with fraction and zone
  date,          // 2020-1-31; 2020-02-30 too
  infinity,      // .inf with a sign, in any case
  not_a_number,  // .nan
  base60,        // 1:30, 12:34:56; later groups below 60
  base60_float,  // 1:30.5
  floating,      // needs a dot, and a sign in its exponent
  integer,       // 0b101, 0644, 1_000, 1,000, 0x1F
};

// `text` is one line and not empty.
NumberShape number_shape(std::string_view text);

}  // namespace willrun::yaml
