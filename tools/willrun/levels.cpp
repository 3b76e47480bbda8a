#include "willrun/levels.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <willrun/lint.hpp>

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

std::vector<Diagnostic> gitlabs_at_levels(std::vector<Diagnostic> findings, const SourceFiles& files,
                                          const tools::Settings& settings) {
  const std::vector<FindingKind> kinds = finding_kinds();
  std::vector<Diagnostic> kept;
  for (Diagnostic& one : findings) {
    const auto kind = std::ranges::find(kinds, one.code, &FindingKind::code);
    if (one.severity == Severity::error || kind == kinds.end() || !kind->is_check) {
      kept.push_back(std::move(one));
    } else if (!is_ignored(files, one)) {
      for (Diagnostic& left : at_levels({std::move(one)}, settings)) kept.push_back(std::move(left));
    }
  }
  return kept;
}

}  // namespace willrun::cli
