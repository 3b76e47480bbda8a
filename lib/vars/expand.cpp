#include "vars/expand.hpp"

#include "vars/reference.hpp"

namespace willrun::vars {

Expanded expand(std::string_view text, const Scope& scope, Missing missing, const ExpandOptions& options) {
  if (!may_refer(text)) return {std::string(text), {}};
  bool met_masked = false;
  const auto replacement = [&](std::string_view name) -> std::optional<std::string_view> {
    const std::optional<Entry> entry = scope.find(name);
    if (entry && options.fail_on_masked && entry->masked) met_masked = true;
    if (entry && entry->file && !options.expand_file_refs) return std::nullopt;
    if (entry && entry->value) return entry->value;
    if (missing == Missing::stays) return std::nullopt;
    return std::string_view{};
  };
  std::string expanded = replace_references(text, Pairs::are_text, replacement);
  if (met_masked) return {std::nullopt, "masked variables cannot be expanded"};
  return {std::move(expanded), {}};
}

}  // namespace willrun::vars
