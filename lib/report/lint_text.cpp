#include <fmt/format.h>

#include <willrun/report.hpp>

#include "report/paint.hpp"

namespace willrun {

namespace {

using namespace report;

struct Totals {
  FindingCounts findings;
  std::size_t files = 0;  // that could be read
  std::size_t unread = 0;
  std::size_t refused = 0;  // not valid for GitLab
  std::size_t partial = 0;  // not checked whole
};

Totals total(std::span<const LintedFile> linted) {
  Totals totals;
  for (const LintedFile& file : linted) {
    if (!file.failure.empty()) {
      ++totals.unread;
      continue;
    }
    const FindingCounts counts = count(file.diagnostics);
    totals.findings.errors += counts.errors;
    totals.findings.warnings += counts.warnings;
    ++totals.files;
    if (!file.whole) {
      ++totals.partial;
    } else if (!file.valid) {
      ++totals.refused;
    }
  }
  return totals;
}

std::string files_word(std::size_t number) { return fmt::format("{} file{}", number, number == 1 ? "" : "s"); }

std::string verdict(const Totals& totals) {
  const bool single = totals.files == 1;
  if (totals.partial > 0) {
    if (single) return "not checked whole, GitLab's verdict is unknown";
    const std::string refused = totals.refused > 0 ? fmt::format("GitLab refuses {} of them; ", totals.refused) : "";
    return fmt::format("{}{} not checked whole, GitLab's verdict there is unknown", refused, totals.partial);
  }
  if (totals.refused == 0) return single ? "GitLab accepts it" : "GitLab accepts them all";
  return single ? "GitLab refuses it" : fmt::format("GitLab refuses {} of them", totals.refused);
}

std::string_view ink_of(const Totals& totals) {
  if (totals.refused > 0 || totals.findings.errors > 0) return ink::kError;
  return totals.findings.clean() ? ink::kGood : ink::kWarning;
}

}  // namespace

std::string summary(std::span<const LintedFile> linted, const TextStyle& style) {
  const Totals totals = total(linted);
  std::string out;
  if (totals.files > 0) {
    out = paint(to_string(totals.findings), ink_of(totals), style.colour);
    out += fmt::format(" in {}: {}", files_word(totals.files), verdict(totals));
  }
  if (totals.unread > 0) {
    out += fmt::format("{}{} could not be read", out.empty() ? "" : "; ", files_word(totals.unread));
  }
  return out + "\n";
}

}  // namespace willrun
