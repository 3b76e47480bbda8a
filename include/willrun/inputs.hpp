// What a configuration asks of those who start it: its `spec:inputs` as data, for forms and checks of one's own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <willrun/value.hpp>

namespace willrun {

class Config;

enum class InputType : std::uint8_t { array, boolean, number, string };
std::string_view to_string(InputType type);  // "array", "boolean", "number", "string"

// One entry of `spec:inputs:NAME:rules`.
struct InputRule {
  std::string condition;  // the text of `if`; empty: it always applies
  std::vector<Value> options;
  Value default_value;
};

// One input. A plain value that owns its texts.
struct InputSpec {
  std::string name;
  InputType type = InputType::string;
  std::string description;             // empty: none
  std::optional<Value> default_value;  // none: there is none; null is a default, too
  std::vector<Value> options;          // empty: any value of the type
  std::optional<std::string> regex;    // RE2, not anchored
  std::vector<InputRule> rules;        // options and default are those of the first that applies
  bool required = false;               // there is no pipeline without a value
};

// The inputs of the configuration itself, in the order of the file, `spec:include` followed; not those of the files
// that it includes. It need not be valid: values that are missing or wrong do not matter here. Empty where there is no
// header, or a header that GitLab refuses. `given`: values as in Trigger::inputs, which choose among rules; they are
// not checked. Threads: a pure function.
std::vector<InputSpec> input_specs(const Config& config, const std::vector<std::pair<std::string, Value>>& given = {});

}  // namespace willrun
