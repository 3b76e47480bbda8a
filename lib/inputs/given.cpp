#include "inputs/given.hpp"

#include "diag/codes.hpp"

namespace willrun::inputs {

namespace {

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

}  // namespace

std::optional<yaml::NodeId> add_given(yaml::Tree& tree, const Value& value, Span place, const Limits& limits) {
  if (value.is_null()) return yaml::kNoNode;
  if (!is_within(value, limits.json_depth)) return std::nullopt;
  return yaml::add_value(tree, value, place);
}

Diagnostic too_deep(Span place) {
  return diag::make(diag::Code::interpolation_limit, place, "the given values are nested too deeply");
}

std::string shown_error(std::span<const Diagnostic> diagnostics) {
  constexpr std::size_t kMostShown = 3;
  std::string shown;
  std::size_t count = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.gitlab_text.empty() || count == kMostShown) continue;
    if (count++ > 0) shown += ", ";
    shown += diagnostic.gitlab_text;
  }
  return shown;
}

}  // namespace willrun::inputs
