#include <willrun/interpolation.hpp>

#include "conformance/kinds.hpp"
#include "conformance/variables_json.hpp"

namespace willrun::conformance {

Verdict check_interpolation(const Json& body, const LoadOptions& options) {
  const Json& expected = body.at("expected");
  const std::string text = text_of(body, "yaml");
  InterpolationRequest request;
  request.text = text;
  request.inputs = decode(body.at("inputs"));
  if (body.contains("component")) request.component = decode(body.at("component"));
  if (body.contains("variables")) request.variables = read_variables(body.at("variables"));
  request.check_rule_graph = body.value("header_inputs_validator", false);
  request.options = options;
  const Interpolation result = interpolate(request);

  Comparison comparison;
  if (expected.contains("crash")) {
    comparison.equal("crash", true, !result.config.has_value());
    return comparison.verdict();
  }
  const auto message = result.gitlab_message();
  comparison.part(expected, "errors", Json(result.gitlab_errors()));
  comparison.part(expected, "error", message ? Json(*message) : Json(nullptr));
  comparison.part(expected, "config", result.config ? encode(*result.config, Keys::ci) : Json(nullptr));
  comparison.part(expected, "interpolated", result.interpolated);
  if (expected.contains("has_header")) {
    comparison.part(expected, "has_header", result.has_header ? Json(*result.has_header) : Json(nullptr));
  }
  return comparison.verdict();
}

}  // namespace willrun::conformance
