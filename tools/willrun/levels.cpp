#include "willrun/levels.hpp"

#include <optional>
#include <utility>

namespace willrun::cli {

std::vector<Diagnostic> at_levels(std::vector<Diagnostic> findings, const tools::Settings& settings) {
  std::vector<Diagnostic> kept;
  for (Diagnostic& found : findings) {
    std::optional<Severity> level = found.severity;
    for (const auto& [name, given] : settings.levels) {
      if (name == "all" || name == found.code || name == found.name) level = given;
    }
    if (!level) continue;
    found.severity = *level;
    kept.push_back(std::move(found));
  }
  return kept;
}

}  // namespace willrun::cli
