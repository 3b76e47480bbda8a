#include <willrun/yaml.hpp>

#include "conformance/kinds.hpp"

namespace willrun::conformance {

namespace {

std::string_view type_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null: return "null";
    case ValueKind::boolean: return "boolean";
    case ValueKind::integer:
    case ValueKind::big_integer: return "integer";
    case ValueKind::floating:
    case ValueKind::big_decimal: return "float";
    case ValueKind::string: return "string";
    case ValueKind::symbol: return "symbol";
    case ValueKind::regexp: return "regexp";
    case ValueKind::sequence: return "array";
    case ValueKind::mapping: return "hash";
    case ValueKind::reference: return "reference";
  }
  return "";
}

Json first_gitlab_text(const std::vector<Diagnostic>& diagnostics) {
  return diagnostics.empty() ? Json(nullptr) : Json(diagnostics.front().gitlab_text);
}

void compare_document(Comparison& comparison, const Json& expected, const std::string& text,
                      const LoadOptions& options) {
  const YamlDocument document = read_yaml(text, options);
  if (expected.contains("crash")) return comparison.equal("crash", true, !document.value.has_value());
  comparison.part(expected, "type", document.value ? type_of(*document.value) : document.crashed ? "crash" : "error");
  comparison.part(expected, "error", document.value ? Json(nullptr) : first_gitlab_text(document.diagnostics));
  comparison.part(expected, "value", document.value ? encode(*document.value) : Json(nullptr));
}

// What the CI loader shows: an error, or the content, and what became of its references if it has some.
void compare_configuration(Comparison& comparison, const Json& expected, const std::string& text,
                           const LoadOptions& options) {
  const YamlConfiguration configuration = read_ci_yaml(text, options);
  if (expected.contains("crash")) return comparison.equal("ci.crash", true, !configuration.content.has_value());
  Json got = Json::object();
  if (!configuration.content) {
    got["error"] = first_gitlab_text(configuration.diagnostics);
  } else {
    got["content"] = encode(*configuration.content, Keys::ci);
    got["has_header"] = configuration.has_header;
  }
  if (expected.contains("resolve_crash")) {
    comparison.equal("ci.resolve_crash", true, !configuration.resolved.has_value());
    got["resolve_crash"] = expected.at("resolve_crash");
  } else if (configuration.content && !configuration.resolved) {
    got["resolve_error"] = first_gitlab_text(configuration.diagnostics);
  } else if (configuration.resolved && expected.contains("resolved")) {
    got["resolved"] = encode(*configuration.resolved, Keys::ci);
  }
  comparison.equal("ci", expected, got);
}

}  // namespace

Verdict check_yaml(const Json& body, const LoadOptions& options) {
  const std::string text = text_of(body, "yaml");
  Comparison comparison;
  compare_document(comparison, body.at("expected"), text, options);
  compare_configuration(comparison, body.at("expected").at("ci"), text, options);
  return comparison.verdict();
}

}  // namespace willrun::conformance
