#include "server/times.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include <fmt/format.h>

#include "common/text.hpp"

namespace willrun::server {

namespace {

using Date = std::chrono::year_month_day;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t leading_digits(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
}

// A number in front of `rest` of at least and at most as many digits.
std::optional<int> take_number(std::string_view& rest, std::size_t least, std::size_t most) {
  const std::size_t count = std::min(leading_digits(rest), most);
  if (count < least) return std::nullopt;
  int number = 0;
  for (const char c : rest.substr(0, count)) number = number * 10 + (c - '0');
  rest.remove_prefix(count);
  return number;
}

bool take(std::string_view& rest, char c) {
  if (!rest.starts_with(c)) return false;
  rest.remove_prefix(1);
  return true;
}

// "Feb" or "february".
std::optional<int> take_month_name(std::string_view& rest) {
  constexpr std::array<std::string_view, 12> kNames = {"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};
  constexpr std::size_t kShort = 3;
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const std::string word = tools::lower(rest);
  const std::string_view letters(word.data(),
                                 static_cast<std::size_t>(std::ranges::find_if_not(word, is_letter) - word.begin()));
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (letters != kNames[i] && letters != kNames[i].substr(0, kShort)) continue;
    rest.remove_prefix(letters.size());
    return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

std::optional<Date> date_of(std::optional<int> year, std::optional<int> month, std::optional<int> day) {
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                  std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

// "20270131", "2027-1-31", "2027/01/31".
std::optional<Date> take_year_first(std::string_view& rest) {
  const bool plain = leading_digits(rest) == 8;
  const auto year = take_number(rest, 4, 4);
  const char separator = rest.starts_with('/') ? '/' : '-';
  if (!plain && !take(rest, separator)) return std::nullopt;
  const auto month = take_number(rest, plain ? 2 : 1, 2);
  if (!plain && !take(rest, separator)) return std::nullopt;
  return date_of(year, month, take_number(rest, plain ? 2 : 1, 2));
}

// "31-1-2027", "31 Jan 2027", "31-jan-2027".
std::optional<Date> take_day_first(std::string_view& rest) {
  const auto day = take_number(rest, 1, 2);
  const char separator = rest.starts_with(' ') ? ' ' : '-';
  if (!take(rest, separator)) return std::nullopt;
  auto month = take_month_name(rest);
  if (!month && separator == '-') month = take_number(rest, 1, 2);
  if (!take(rest, separator)) return std::nullopt;
  return date_of(take_number(rest, 4, 4), month, day);
}

// "Z", "UTC", "+02:00", "+0200", "+02", or nothing; a blank may stand before it.
std::optional<std::chrono::minutes> take_offset(std::string_view rest) {
  constexpr int kMost = 14;  // hours
  take(rest, ' ');
  const std::string word = tools::lower(rest);
  if (word.empty() || word == "z" || word == "utc" || word == "gmt") return std::chrono::minutes(0);
  const bool west = take(rest, '-');
  if (!west && !take(rest, '+')) return std::nullopt;
  const auto hours = take_number(rest, 2, 2);
  const bool colon = take(rest, ':');
  const auto minutes = rest.empty() && !colon ? 0 : take_number(rest, 2, 2);
  if (!hours || !minutes || !rest.empty() || *hours > kMost || *minutes > 59) return std::nullopt;
  const auto offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return west ? -offset : offset;
}

// "10:30", "10:30:05", "10:30:05.25".
std::optional<std::chrono::milliseconds> take_time_of_day(std::string_view& rest) {
  const auto hours = take_number(rest, 1, 2);
  if (!hours || *hours > 23 || !take(rest, ':')) return std::nullopt;
  const auto minutes = take_number(rest, 2, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  std::chrono::milliseconds time = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  if (!take(rest, ':')) return time;
  const auto seconds = take_number(rest, 2, 2);
  if (!seconds || *seconds > 60) return std::nullopt;
  time += std::chrono::seconds(*seconds);
  if (!take(rest, '.')) return time;
  for (int weight = 100; !rest.empty() && is_digit(rest.front()); weight /= 10) {
    time += std::chrono::milliseconds((rest.front() - '0') * weight);
    rest.remove_prefix(1);
  }
  return time;
}

}  // namespace

std::string iso_time(Time time) {
  const auto milliseconds = time.time_since_epoch().count();
  const std::time_t seconds = milliseconds / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, milliseconds % 1000);
}

std::optional<Time> parse_time(std::string_view text) {
  const auto date = leading_digits(text) <= 2 ? take_day_first(text) : take_year_first(text);
  if (!date) return std::nullopt;
  const Time midnight = std::chrono::sys_days(*date);
  if (text.empty()) return midnight;
  if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
  const auto time = take_time_of_day(text);
  const auto offset = time ? take_offset(text) : std::nullopt;
  if (!offset) return std::nullopt;
  return midnight + *time - *offset;
}

std::optional<Time> parse_http_time(std::string_view text) {
  // The day of the week says nothing new.
  const std::size_t comma = text.find(", ");
  return parse_time(comma == std::string_view::npos ? text : text.substr(comma + 2));
}

}  // namespace willrun::server
