// Numbers of things.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace willrun::report {

// "1 job", "2 jobs".
inline std::string plural(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

}  // namespace willrun::report
