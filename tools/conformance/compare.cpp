#include "conformance/compare.hpp"

#include <bit>
#include <cstdint>

#include "conformance/digest.hpp"

namespace willrun::conformance {

namespace {

std::string shown(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Difference differ(const Json& expected, const Json& got, const std::string& path) {
  return {path, shown(expected), shown(got)};
}

std::optional<Difference> compare_objects(const Json& expected, const Json& got, const std::string& path) {
  for (const auto& [key, value] : expected.items()) {
    const auto found = got.find(key);
    if (found == got.end()) return Difference{path + "." + key, shown(value), "no such key"};
    if (auto difference = compare(value, *found, path + "." + key)) return difference;
  }
  for (const auto& [key, value] : got.items()) {
    if (!expected.contains(key)) return Difference{path + "." + key, "no such key", shown(value)};
  }
  return std::nullopt;
}

std::optional<Difference> compare_arrays(const Json& expected, const Json& got, const std::string& path) {
  if (expected.size() != got.size()) return differ(expected, got, path);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (auto difference = compare(expected[i], got[i], path + "[" + std::to_string(i) + "]")) return difference;
  }
  return std::nullopt;
}

bool is_map(const Json& json) { return json.is_object() && json.size() == 1 && json.begin().key() == "$map"; }

// Each expected pair has an equal one; keys of a map are distinct, so equal sizes are enough for the other direction.
std::optional<Difference> compare_maps(const Json& expected, const Json& got, const std::string& path) {
  const Json& wanted = expected.front();
  const Json& given = got.front();
  if (wanted.size() != given.size()) return differ(expected, got, path);
  for (const Json& pair : wanted) {
    bool found = false;
    for (const Json& candidate : given) found = found || !compare(pair, candidate, path);
    if (!found) return differ(expected, got, path);
  }
  return std::nullopt;
}

bool is_integer(const Json& json) { return json.is_number_integer() || json.is_number_unsigned(); }

bool same_scalar(const Json& a, const Json& b) {
  if (is_integer(a) != is_integer(b) || a.is_number_float() != b.is_number_float()) return false;
  // -0.0 is not 0.0 to a reader of the printed value.
  if (a.is_number_float())
    return std::bit_cast<std::uint64_t>(a.get<double>()) == std::bit_cast<std::uint64_t>(b.get<double>());
  return a == b;
}

// A list of lines of which only number and digest are known.
bool is_digest_of_lines(const Json& json) { return json.is_object() && json.contains("$lines_sha256"); }

std::optional<Difference> compare_lines(const Json& expected, const Json& got, const std::string& path) {
  std::string joined;
  for (const Json& line : got) {
    if (!line.is_string()) return differ(expected, got, path);
    joined.append(&line == &got.front() ? "" : "\n").append(line.get_ref<const std::string&>());
  }
  if (expected.at("items") == got.size() && expected.at("$lines_sha256") == sha256(joined)) return std::nullopt;
  return differ(expected, got, path);
}

}  // namespace

std::optional<Difference> compare(const Json& expected, const Json& got, const std::string& path) {
  if (is_digest_of_lines(expected) && got.is_array()) return compare_lines(expected, got, path);
  if (is_map(expected) && is_map(got)) return compare_maps(expected, got, path);
  if (expected.is_object() && got.is_object()) return compare_objects(expected, got, path);
  if (expected.is_array() && got.is_array()) return compare_arrays(expected, got, path);
  const bool structured = expected.is_structured() || got.is_structured();
  if (structured || !same_scalar(expected, got)) return differ(expected, got, path);
  return std::nullopt;
}

}  // namespace willrun::conformance
