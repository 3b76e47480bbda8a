#include <willrun/interpolation.hpp>

#include "diag/codes.hpp"
#include "inputs/interpolate.hpp"
#include "yaml/load.hpp"

namespace willrun {

namespace {

using diag::Code;

constexpr std::size_t kShownErrors = 3;

// Goes no deeper than the limit.
bool is_within(const Value& value, std::uint32_t depth) {
  const bool is_list = value.kind() == ValueKind::sequence || value.kind() == ValueKind::reference;
  if (!is_list && value.kind() != ValueKind::mapping) return true;
  if (depth == 0) return false;
  if (is_list) {
    for (const Value& item : value.items()) {
      if (!is_within(item, depth - 1)) return false;
    }
    return true;
  }
  for (const auto& [key, item] : value.pairs()) {
    if (!is_within(key, depth - 1) || !is_within(item, depth - 1)) return false;
  }
  return true;
}

bool is_crash(const Diagnostic& diagnostic) {
  return diagnostic.code == diag::row(Code::inputs_crash).id || diagnostic.code == diag::row(Code::yaml_crash).id;
}

void take_errors(Interpolation& result, std::vector<Diagnostic>&& diagnostics) {
  result.diagnostics = std::move(diagnostics);
  for (const Diagnostic& diagnostic : result.diagnostics) result.crashed = result.crashed || is_crash(diagnostic);
}

yaml::NodeId add_map(yaml::Tree& tree, const Value& value, Span place) {
  return value.is_null() ? yaml::kNoNode : yaml::add_value(tree, value, place);
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
  const std::vector<std::string> errors = gitlab_errors();
  if (errors.empty()) return std::nullopt;
  std::string message;
  for (std::size_t i = 0; i < errors.size() && i < kShownErrors; ++i) {
    if (i > 0) message += ", ";
    message += errors[i];
  }
  return message;
}

Interpolation interpolate(const InterpolationRequest& request) {
  Interpolation result;
  const FileId file = result.files.add(request.name, std::string(request.text));
  const Span place{file, 0, 0};
  const Limits& limits = request.options.limits;
  if (!is_within(request.inputs, limits.json_depth) || !is_within(request.component, limits.json_depth)) {
    result.diagnostics.push_back(
        diag::make(Code::interpolation_limit, place, "the given values are nested too deeply"));
    return result;
  }
  yaml::Tree tree;
  Outcome<yaml::CiText> text = yaml::load_ci_text(tree, result.files, file, request.options);
  if (!text.value) {
    take_errors(result, std::move(text.diagnostics));
    return result;
  }
  result.has_header = text.value->has_header;
  const inputs::Arguments arguments{add_map(tree, request.inputs, place), request.variables,
                                    add_map(tree, request.component, place), place, request.check_rule_graph};
  Outcome<yaml::NodeId> content = inputs::interpolate(tree, result.files, *text.value, arguments, request.options);
  take_errors(result, std::move(content.diagnostics));
  if (!content.value) return result;
  result.config = yaml::to_value(tree, *content.value);
  result.interpolated = text.value->has_header;
  return result;
}

}  // namespace willrun
