#include <willrun/variables.hpp>

#include "conformance/kinds.hpp"
#include "conformance/variables_json.hpp"

namespace willrun::conformance {

namespace {

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
