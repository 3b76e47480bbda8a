#include <willrun/lint.hpp>

#include <algorithm>

#include "api/loaded.hpp"
#include "eval/scope.hpp"
#include "lint/check.hpp"
#include "lint/ignores.hpp"

namespace willrun {

namespace {

// In a file of another project: its own people's matter.
bool is_elsewhere(const api::Loaded& loaded, const Diagnostic& diagnostic) {
  return std::ranges::any_of(loaded.includes.files, [&](const compose::IncludedFile& included) {
    return included.file == diagnostic.span.file && included.origin != FileOrigin::local;
  });
}

}  // namespace

std::vector<FindingKind> finding_kinds() {
  std::vector<FindingKind> all;
  for (const diag::CodeRow& row : diag::all_codes()) {
    FindingKind kind{row.id, row.name, row.severity, row.meaning, {}, false};
    const auto check = std::ranges::find(lint::all_checks(), row.code, &lint::Check::code);
    if (check != lint::all_checks().end()) {
      kind.advice = (*check)->advice;
      kind.is_check = true;
    }
    all.push_back(kind);
  }
  return all;
}

std::vector<Diagnostic> lint_findings(const Config& config) {
  const auto& loaded = config.loaded();
  const auto compiled = compile(config);
  if (!compiled) return {};
  const lint::Subject subject({loaded->files, loaded->tree, loaded->text, loaded->interpolated, loaded->merged,
                               loaded->composed, loaded->includes, *loaded->model, compiled->shared(),
                               loaded->options});
  std::vector<Diagnostic> found = lint::run_all(subject);
  lint::Ignores ignores(loaded->files);
  std::erase_if(found, [&](const Diagnostic& one) { return is_elsewhere(*loaded, one) || ignores.silence(one); });
  return found;
}

}  // namespace willrun
