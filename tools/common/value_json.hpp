// Values as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include <willrun/value.hpp>

namespace willrun::tools {

// What JSON cannot say is an object with one key: `$symbol`, `$regexp`, `$int`, `$bigdecimal`, `$float`, `$reference`,
// and
// `$map` for a mapping with other keys than texts (docs/json.md).
nlohmann::ordered_json to_json_value(const Value& value);

// The same in one line.
std::string json_text(const Value& value);

}  // namespace willrun::tools
