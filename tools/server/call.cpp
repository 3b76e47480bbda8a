#include "server/call.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "server/snapshot.hpp"

namespace willrun::server {

namespace {

[[noreturn]] void invalid(std::string_view name) { throw WrongParameters{400, fmt::format("{} is invalid", name)}; }

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

const Configuration& Call::configuration() const { return snapshot->configuration; }
const Creator& Call::creator() const { return snapshot->creator; }

const std::string& Call::from_path(std::string_view name) const {
  static const std::string kNone;
  const auto found = std::ranges::find(path, name, &std::pair<std::string, std::string>::first);
  return found == path.end() ? kNone : found->second;
}

void Call::check_ids() const {
  for (const auto& [name, text] : path) {
    if (!name.ends_with("_id")) continue;
    const std::string_view digits = std::string_view(text).substr(text.starts_with('-') ? 1 : 0);
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) invalid(name);
  }
}

std::uint64_t Call::id_from_path(std::string_view name) const {
  std::uint64_t id = 0;
  constexpr std::uint64_t kMost = INT64_MAX;  // of the stores
  return read_number(from_path(name), id) && id <= kMost ? id : 0;
}

const Json& Call::parameter(std::string_view name) const {
  static const Json kNull;
  const auto found = parameters.find(std::string(name));
  return found == parameters.end() ? kNull : *found;
}

std::optional<std::string> Call::text(std::string_view name) const {
  const Json& value = parameter(name);
  if (value.is_null()) return std::nullopt;
  if (value.is_structured()) invalid(name);
  return value.is_string() ? value.get<std::string>() : to_text(value);
}

bool Call::flag(std::string_view name) const {
  constexpr std::array<std::string_view, 14> kTrue = {"1",    "on", "On", "ON",  "t",   "true", "True",
                                                      "TRUE", "T",  "y",  "yes", "Yes", "YES",  "Y"};
  constexpr std::array<std::string_view, 15> kFalse = {"0", "off", "Off", "OFF", "f",  "false", "False", "FALSE",
                                                       "F", "n",   "no",  "No",  "NO", "N",     ""};
  const std::string word = text(name).value_or("");
  if (std::ranges::count(kTrue, word) > 0) return true;
  if (std::ranges::count(kFalse, word) == 0) invalid(name);
  return false;
}

std::int64_t Call::number(std::string_view name, std::int64_t otherwise) const {
  const auto given = text(name);
  if (!given || given->empty()) return otherwise;
  std::int64_t number = 0;
  if (!read_number(*given, number)) invalid(name);
  return number;
}

std::optional<Time> Call::time(std::string_view name) const {
  const auto given = text(name);
  if (!given || given->empty()) return std::nullopt;
  const auto time = parse_time(*given);
  if (!time) invalid(name);
  return time;
}

}  // namespace willrun::server
