#include "vars/mask.hpp"

namespace willrun::vars {

std::string mask(std::string text, std::span<const Variable> variables) {
  constexpr std::string_view kMask = "[MASKED]";
  for (const Variable& variable : variables) {
    if (!variable.masked || !variable.value || variable.value->empty()) continue;
    const std::string& value = *variable.value;
    std::string shown(kMask);
    if (value.size() > shown.size()) shown.append(value.size() - shown.size(), 'x');
    for (std::size_t at = text.find(value); at != std::string::npos; at = text.find(value, at + shown.size()))
      text.replace(at, value.size(), shown);
  }
  return text;
}

}  // namespace willrun::vars
