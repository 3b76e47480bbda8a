#include <algorithm>

#include <fmt/format.h>

#include <willrun/report.hpp>

#include "report/place.hpp"
#include "report/xml.hpp"

namespace willrun {

namespace {

using report::xml;

bool fails(const Diagnostic& found) { return found.severity != Severity::note; }

// A case a finding; the place is part of its name, so that equal findings are cases of their own.
std::string failed_case(const LintedFile& file, const Diagnostic& found) {
  std::string place = report::place(*file.files, found.span, file.paths);
  if (place.empty()) place = file.path;
  std::string text = found.message;
  if (!found.gitlab_text.empty()) text.append("\nGitLab: ").append(found.gitlab_text);
  if (!found.help.empty()) text.append("\nhelp: ").append(found.help);
  return fmt::format(
      "    <testcase classname=\"{}\" name=\"{} {} ({})\">\n      <failure message=\"{}\" type=\"{}\">{}</failure>\n"
      "    </testcase>\n",
      xml(file.path), found.code, found.name, xml(place), xml(found.message), to_string(found.severity),
      xml(place + ": " + text));
}

struct Counts {
  std::ptrdiff_t tests = 0;
  std::ptrdiff_t failures = 0;
  std::ptrdiff_t errors = 0;
};

// A file without failures is one case that passes.
Counts count_cases(const LintedFile& file) {
  if (!file.failure.empty()) return {1, 0, 1};
  const auto failures = std::ranges::count_if(file.diagnostics, fails);
  return {std::max<std::ptrdiff_t>(failures, 1), failures, 0};
}

std::string attributes(const Counts& counts) {
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", counts.tests, counts.failures, counts.errors);
}

std::string cases(const LintedFile& file) {
  if (!file.failure.empty())
    return fmt::format(
        "    <testcase classname=\"{}\" name=\"read\">\n      <error message=\"{}\"/>\n    </testcase>\n",
        xml(file.path), xml(file.failure));
  std::string all;
  for (const Diagnostic& found : file.diagnostics) {
    if (fails(found)) all += failed_case(file, found);
  }
  return all.empty() ? fmt::format("    <testcase classname=\"{}\" name=\"lint\"/>\n", xml(file.path)) : all;
}

}  // namespace

std::string to_junit(std::span<const LintedFile> linted) {
  Counts all;
  std::string suites;
  for (const LintedFile& file : linted) {
    const Counts counts = count_cases(file);
    all = {all.tests + counts.tests, all.failures + counts.failures, all.errors + counts.errors};
    suites += fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", xml(file.path), attributes(counts),
                          cases(file));
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"willrun lint\" {}>\n{}</testsuites>\n",
      attributes(all), suites);
}

}  // namespace willrun
