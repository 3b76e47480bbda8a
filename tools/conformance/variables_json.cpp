#include "conformance/variables_json.hpp"

namespace willrun::conformance {

namespace {

Variable read_variable(const Json& json) {
  Variable variable;
  variable.key = json.at("key").get<std::string>();
  if (json.contains("value") && !json.at("value").is_null()) variable.value = json.at("value").get<std::string>();
  variable.is_public = json.value("public", true);
  variable.file = json.value("file", false);
  variable.masked = json.value("masked", false);
  variable.raw = json.value("raw", false);
  return variable;
}

}  // namespace

std::vector<Variable> read_variables(const Json& json) {
  std::vector<Variable> out;
  if (json.is_array()) {
    for (const Json& item : json) out.push_back(read_variable(item));
    return out;
  }
  for (const auto& [key, value] : json.items()) out.push_back(read_variable({{"key", key}, {"value", value}}));
  return out;
}

Json shown(const Variable& variable) {
  return {{"key", variable.key},          {"value", variable.value ? Json(*variable.value) : Json(nullptr)},
          {"public", variable.is_public}, {"file", variable.file},
          {"masked", variable.masked},    {"raw", variable.raw}};
}

}  // namespace willrun::conformance
