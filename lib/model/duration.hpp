// Durations as GitLab reads them: "30 minutes", "1 week 2 days", "2h30m", "1:30:00", "90".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace willrun::model {

// The seconds in a duration text; nullopt when it is none. A bare number counts seconds; a month has 30 days, a year
// 365.25. Unknown words, signs and an empty text are no durations. Source: documentation of `timeout` and `start_in`;
// conformance categories `timeout` and `when`.
std::optional<double> parse_duration(std::string_view text);

inline constexpr double kWeekSeconds = 7 * 24 * 3600;
inline constexpr double kMonthSeconds = 30 * 24 * 3600;

}  // namespace willrun::model
