// Comparison of an expected and a given JSON value, as the README of the cases wants it.
#pragma once

#include <optional>
#include <string>

#include "conformance/value_json.hpp"

namespace willrun::conformance {

// The first difference found.
struct Difference {
  std::string path;  // "value.list[2]"; empty at the top
  std::string expected;
  std::string got;
};

// Typed and deep: 1 and 1.0 differ, lists are ordered, objects and the pairs of `$map` are not.
std::optional<Difference> compare(const Json& expected, const Json& got, const std::string& path);

}  // namespace willrun::conformance
