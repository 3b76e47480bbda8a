// Values as the conformance files write them: `{"$int": "..."}` and its kin (README of the cases, "Value encoding").
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>
#include <willrun/value.hpp>

namespace willrun::conformance {

using Json = nlohmann::ordered_json;

// Parses one line. Integers outside 64 bits become `{"$int": "digits"}`, so that they stay integers. Throws
// nlohmann::json::exception when the line is not JSON.
Json parse_json(std::string_view line);

// How keys of mappings are shown. The single document keeps Ruby's kinds apart; the CI loader's keys are symbols, shown
// as plain text, and a key that stayed a string (inside another key) is shown as `{"$string": "a"}`.
enum class Keys : unsigned char { typed, ci };

Json encode(const Value& value, Keys keys = Keys::typed);

// A plain JSON value as the input of a case; also knows the `$` forms except the shortened ones.
Value decode(const Json& json);

}  // namespace willrun::conformance
