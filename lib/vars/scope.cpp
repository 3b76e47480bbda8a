#include "vars/scope.hpp"

namespace willrun::vars {

ListScope::ListScope(std::span<const Variable> variables) {
  last_.reserve(variables.size());
  for (const Variable& variable : variables) last_[variable.key] = &variable;
}

std::optional<Entry> ListScope::find(std::string_view name) const {
  const auto found = last_.find(name);
  if (found == last_.end()) return std::nullopt;
  const Variable& variable = *found->second;
  return Entry{variable.value, variable.file, variable.masked, variable.raw};
}

}  // namespace willrun::vars
