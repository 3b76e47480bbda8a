// Lint checks: what GitLab accepts and a careful reader would not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <willrun/config.hpp>
#include <willrun/diagnostic.hpp>

namespace willrun {

// A kind of finding, of any stage.
struct FindingKind {
  std::string_view code;  // "WR604"
  std::string_view name;  // "variable-misspelt"
  Severity severity = Severity::error;
  std::string_view meaning;  // one line
  std::string_view advice;   // lint checks: why it matters; empty for what GitLab refuses itself
  bool is_check = false;     // one of the lint checks
};

// All kinds in the order of their codes. Threads: constant data.
std::vector<FindingKind> finding_kinds();

struct LintOptions {
  // The file may be a part of a configuration, or parts of it are missing: comments that silence nothing are then not
  // told, since they may be for what is not here.
  bool in_part = false;
};

// What the lint checks find in a configuration, by place; nothing where GitLab refuses it, and
// nothing in files of other projects. Comments
// `# willrun: ignore CODE reason` on the line of a finding or on the line above it silence it; without a code they
// silence all checks. Comments that silence nothing are findings too. Threads: may run concurrently on one Config.
std::vector<Diagnostic> lint_findings(const Config& config, const LintOptions& options = {});

// Whether a comment of the file silences a finding.
bool is_ignored(const SourceFiles& files, const Diagnostic& diagnostic);

// One command of a script: an item of `script`, `before_script` or `after_script`, with its place.
struct ScriptLine {
  std::string_view text;
  Span span;
};
// The lines that run as one shell script: `before_script` and `script` together, `after_script` by itself.
struct Script {
  std::string_view job;
  std::vector<ScriptLine> lines;
  bool of_windows = false;  // for PowerShell or cmd, as its commands, tags or image show
};
// The scripts of all jobs of a sound configuration, each list of lines once. Views into `config`.
std::vector<Script> scripts(const Config& config);

// A finding of the kind `shell-syntax` about a line of a script: for programs that have a shell checker at hand.
Diagnostic shell_finding(const ScriptLine& line, std::string message);

// A finding of the kind `scenario-invalid`, about a file of scenarios: for programs that read one.
Diagnostic scenario_finding(Span span, std::string message);

}  // namespace willrun
