#include "willrun/partial_load.hpp"

#include <algorithm>

#include "common/stand_ins.hpp"

namespace willrun::cli {

namespace {

constexpr std::string_view kMissingCode = "WR304";
constexpr std::string_view kMissingName = "file-missing";

// Errors that no content of another file takes away: a text that is no YAML, a file that is missing or empty.
bool is_certain(const Diagnostic& found) {
  return found.severity == Severity::error &&
         (found.code.starts_with("WR1") || found.code == kMissingCode || found.code == "WR305");
}

Diagnostic not_at_hand(const tools::StandIns::Missing& missing, const std::vector<Include>& includes) {
  Diagnostic found;
  found.code = kMissingCode;
  found.name = kMissingName;
  found.severity = Severity::warning;
  found.message = "`" + missing.path + "`" + (missing.project.empty() ? "" : " of `" + missing.project + "`") +
                  " is not at hand here (docs/settings.md says how other projects are found); "
                  "what it brings is not checked";
  const auto include = std::ranges::find(includes, missing.path, &Include::location);
  if (include != includes.end()) found.span = include->place;
  return found;
}

}  // namespace

PartialLoad load_what_is_there(std::string_view path, tools::RecordedFiles& files, const Trigger& trigger,
                               const LoadOptions& options) {
  const Config config = load(path, files, trigger, options);
  if (config.valid() || files.out_of_reach().empty()) return {config, true, config.diagnostics()};
  tools::StandIns stand_ins(files);
  PartialLoad partial{load(path, stand_ins, trigger, options), false, {}};
  if (stand_ins.missing().empty()) return {config, true, config.diagnostics()};
  const std::vector<Include> includes = partial.config.includes();
  for (const tools::StandIns::Missing& missing : stand_ins.missing())
    partial.findings.push_back(not_at_hand(missing, includes));
  const std::vector<Diagnostic>& said = partial.config.diagnostics();
  partial.whole = std::ranges::any_of(said, is_certain);
  // Other errors may come from what the empty files lack.
  if (partial.whole || partial.config.valid())
    partial.findings.insert(partial.findings.end(), said.begin(), said.end());
  return partial;
}

}  // namespace willrun::cli
