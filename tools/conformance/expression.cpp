#include <willrun/expression.hpp>

#include "conformance/kinds.hpp"

namespace willrun::conformance {

namespace {

Json token_names(const Expression& expression) {
  if (!expression.tokens()) return nullptr;
  Json names = Json::array();
  for (const ExpressionToken& token : *expression.tokens()) names.push_back(token.name);
  return names;
}

ExpressionResult evaluate(const Expression& expression, const Json& body) {
  Expression::Variables variables;
  for (const auto& [name, value] : body.at("variables").items()) variables.emplace(name, value.get<std::string>());
  if (!body.contains("inputs")) return expression.evaluate(variables);
  const Value inputs = decode(body.at("inputs"));
  return expression.evaluate(variables, &inputs);
}

}  // namespace

Verdict check_expression(const Json& body, const LoadOptions& options) {
  const Json& expected = body.at("expected");
  const Expression expression(body.at("expression").get<std::string>(), options.limits);
  const ExpressionResult result = evaluate(expression, body);
  Comparison comparison;
  if (!expected.at("tokens").is_null() || !expected.contains("crash")) {
    comparison.part(expected, "tokens", token_names(expression));
  }
  if (!expected.at("valid_static").is_null()) {
    comparison.part(expected, "valid_static", !expression.evaluate().error.has_value());
  }
  if (expected.contains("crash")) {
    comparison.equal("crash", "an error", result.error ? "an error" : "a value");
    return comparison.verdict();
  }
  // The words of GitLab's internal errors are not compared.
  comparison.equal("error", !expected.at("error").is_null(), result.error.has_value());
  comparison.part(expected, "valid", !result.error.has_value());
  comparison.part(expected, "truthful", result.truthful);
  comparison.part(expected, "value", encode(result.value));
  comparison.equal("input_names", expected.value("input_names", Json::array()), Json(expression.input_names()));
  return comparison.verdict();
}

}  // namespace willrun::conformance
