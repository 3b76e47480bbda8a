#include <willrun/variables.hpp>

#include "conformance/kinds.hpp"

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

// A list of variables, or a map from names to values.
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

Verdict check_text(const Json& body, decltype(expand)* expand_text) {
  ExpandOptions options;
  options.expand_file_refs = body.value("expand_file_refs", true);
  options.fail_on_masked = body.value("fail_on_masked", false);
  const Expanded expanded =
      expand_text(body.at("text").get_ref<const std::string&>(), read_variables(body.at("variables")), options);
  const Json got = expanded.text ? Json(*expanded.text) : Json{{"error", expanded.error}};
  return compare(body.at("expected"), got, "");
}

}  // namespace

Verdict check_expand(const Json& body, const LoadOptions&) { return check_text(body, expand); }

Verdict check_expand_existing(const Json& body, const LoadOptions&) { return check_text(body, expand_existing); }

Verdict check_sort_and_expand_all(const Json& body, const LoadOptions& load_options) {
  SortOptions options;
  options.keep_undefined = body.value("keep_undefined", false);
  options.expand_file_refs = body.value("expand_file_refs", true);
  options.expand_raw_refs = body.value("expand_raw_refs", true);
  const SortedVariables sorted =
      sort_and_expand_all(read_variables(body.at("variables")), options, load_options.limits);
  Json variables = Json::array();
  for (const Variable& variable : sorted.variables) variables.push_back(shown(variable));
  Comparison comparison;
  comparison.part(body.at("expected"), "variables", variables);
  comparison.part(body.at("expected"), "errors", sorted.error.empty() ? Json(nullptr) : Json(sorted.error));
  return comparison.verdict();
}

}  // namespace willrun::conformance
