// Points in time as texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/store.hpp"

namespace willrun::server {

std::string iso_time(Time time);  // "2026-01-02T03:04:05.678Z"

// A date, or a date with a time; without an offset it is UTC. Of the forms that Ruby's DateTime.parse takes: ISO 8601
// dates of a calendar, also without dashes, with slashes, or with numbers of one digit; the day first, with a month of
// numbers or letters. None: it is neither.
std::optional<Time> parse_time(std::string_view text);

// "Wed, 25 Nov 2026 10:00:00 GMT", or what parse_time() takes.
std::optional<Time> parse_http_time(std::string_view text);

}  // namespace willrun::server
