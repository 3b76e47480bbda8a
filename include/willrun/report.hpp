// Answers as text for people and as JSON for programs. Functions here only print: they decide nothing and never fail on
// odd texts. Control characters and invalid UTF-8 of a user's file are shown as replacement characters, never passed on
// to a terminal. Threads: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <willrun/decision.hpp>
#include <willrun/diagnostic.hpp>
#include <willrun/explain.hpp>
#include <willrun/source.hpp>

namespace willrun {

// From where file names are shown. Names run from the repository's root: one below `folder` is shown without it, any
// other behind `prefix`. Both are empty or end in `/`. Views: what they point to must live as long.
struct ShownPaths {
  std::string_view prefix = {};  // from where the user stands to the root: "../"
  std::string_view folder = {};  // from the root to where the user stands: "ci/"
};

struct TextStyle {
  bool colour = false;       // ANSI colours
  std::uint32_t width = 0;   // columns of the terminal; 0: messages are not folded, source lines are cut at 160 columns
  bool gitlab_texts = true;  // also print what GitLab shows for the same problem
  ShownPaths paths = {};
};

// One diagnostic as people read it: `error[WR101 yaml-syntax]: message`, `--> file:line:column`, the source line with
// `^~~~` under the exact span, labels, GitLab's text and help. Tabs and wide characters keep the marks under the text;
// a span over several lines is marked on its first. Ends in a newline.
std::string render(const Diagnostic& diagnostic, const SourceFiles& files, const TextStyle& style = {});

// All diagnostics sorted by place (file, byte, severity), a blank line between two.
std::string render(std::span<const Diagnostic> diagnostics, const SourceFiles& files, const TextStyle& style = {});

// The verdict, the jobs by stage with the rule that decided each and its place, and what was left out and why.
std::string render(const Decision& decision, const SourceFiles& files, const TextStyle& style = {});

struct FindingCounts {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t notes = 0;  // a note is no finding: a file with notes only is clean

  bool clean() const { return errors == 0 && warnings == 0; }
};
FindingCounts count(std::span<const Diagnostic> diagnostics);
// "2 errors, 1 warning"; "no findings" when clean.
std::string to_string(const FindingCounts& counts);

// What lint found in one file. Views: the Config that was loaded must live as long.
struct LintedFile {
  std::string_view path;     // as its user named it
  std::string_view failure;  // why it could not be read; nothing below holds then
  bool valid = false;        // GitLab accepts it
  bool whole = true;         // false: files of other places are out of reach, and what GitLab says is not known
  const SourceFiles* files = nullptr;
  std::span<const Diagnostic> diagnostics;
  std::span<const std::string> gitlab_errors;
  std::span<const std::string> gitlab_warnings;
  ShownPaths paths;
};

// The last line of a lint: counts over all files and GitLab's verdict. Ends in a newline.
std::string summary(std::span<const LintedFile> linted, const TextStyle& style = {});

// Further formats of a lint, each whole and deterministic; files that could not be read are findings of theirs.
// One line a finding: `file:line:column: warning[WR604 variable-misspelt]: message`.
std::string to_short_text(std::span<const LintedFile> linted);
// SARIF 2.1.0 (OASIS), for code scanning: every kind of finding is a rule. Columns count code points.
std::string to_sarif(std::span<const LintedFile> linted);
// GitLab's Code Quality report (`artifacts:reports:codequality`).
std::string to_code_quality(std::span<const LintedFile> linted);
// JUnit XML (`artifacts:reports:junit`): a suite a file, a failed case a finding; notes are no failures.
std::string to_junit(std::span<const LintedFile> linted);
// GitHub's workflow commands: `::error file=...,line=...::message`.
std::string to_github(std::span<const LintedFile> linted);

// Why a job is in the pipeline or not: the verdict, each rule with what it read, and what would have to differ. `job`:
// its name; empty: includes and the workflow are of interest.
std::string render(const Explanation& explanation, std::span<const ExplainedInclude> includes, std::string_view job,
                   const SourceFiles& files, const TextStyle& style = {});

// A way in as the end of a sentence: `rule 2 if $A were "x", and $B were set`. A clause has at most 100 columns; no
// newline.
std::string render(const WayIn& way);

// JSON objects, two-space indented, ending in a newline. Keys and shapes are documented in docs/json.md.
std::string to_json(std::span<const LintedFile> linted);
std::string to_json(const Decision& decision, std::span<const Diagnostic> diagnostics, const SourceFiles& files,
                    const ShownPaths& paths = {});
std::string to_json(const Explanation& explanation, std::span<const ExplainedInclude> includes, std::string_view job,
                    const SourceFiles& files, const ShownPaths& paths = {});

}  // namespace willrun
