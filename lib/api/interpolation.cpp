#include <willrun/interpolation.hpp>

#include "diag/codes.hpp"
#include "inputs/given.hpp"
#include "inputs/interpolate.hpp"
#include "yaml/load.hpp"

namespace willrun {

namespace {

using diag::Code;

bool is_crash(const Diagnostic& diagnostic) {
  return diagnostic.code == diag::row(Code::inputs_crash).id || diagnostic.code == diag::row(Code::yaml_crash).id;
}

void take_errors(Interpolation& result, std::vector<Diagnostic>&& diagnostics) {
  result.diagnostics = std::move(diagnostics);
  for (const Diagnostic& diagnostic : result.diagnostics) result.crashed = result.crashed || is_crash(diagnostic);
}

}  // namespace

std::vector<std::string> Interpolation::gitlab_errors() const {
  std::vector<std::string> errors;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!diagnostic.gitlab_text.empty()) errors.push_back(diagnostic.gitlab_text);
  }
  return errors;
}

std::optional<std::string> Interpolation::gitlab_message() const {
  std::string shown = inputs::shown_error(diagnostics);
  if (shown.empty()) return std::nullopt;
  return shown;
}

Interpolation interpolate(const InterpolationRequest& request) {
  Interpolation result;
  const FileId file = result.files.add(request.name, std::string(request.text));
  const Span place{file, 0, 0};
  const Limits& limits = request.options.limits;
  yaml::Tree tree;
  const auto given = inputs::add_given(tree, request.inputs, place, limits);
  const auto component = inputs::add_given(tree, request.component, place, limits);
  if (!given || !component) {
    result.diagnostics.push_back(inputs::too_deep(place));
    return result;
  }
  Outcome<yaml::CiText> text = yaml::load_ci_text(tree, result.files, file, request.options);
  if (!text.value) {
    take_errors(result, std::move(text.diagnostics));
    return result;
  }
  result.has_header = text.value->has_header;
  const inputs::Arguments arguments{*given, request.variables, *component, place, request.check_rule_graph};
  Outcome<yaml::NodeId> content = inputs::interpolate(tree, result.files, *text.value, arguments, request.options);
  take_errors(result, std::move(content.diagnostics));
  if (!content.value) return result;
  result.config = yaml::to_value(tree, *content.value);
  result.interpolated = text.value->has_header;
  return result;
}

}  // namespace willrun
