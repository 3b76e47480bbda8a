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

std::string suite(const LintedFile& file) {
  if (!file.failure.empty()) {
    return fmt::format(
        "  <testsuite name=\"{0}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    <testcase classname=\"{0}\" "
        "name=\"read\">\n"
        "      <error message=\"{1}\"/>\n    </testcase>\n  </testsuite>\n",
        xml(file.path), xml(file.failure));
  }
  std::string cases;
  for (const Diagnostic& found : file.diagnostics) {
    if (fails(found)) cases += failed_case(file, found);
  }
  const auto failures = std::ranges::count_if(file.diagnostics, fails);
  if (failures == 0) cases = fmt::format("    <testcase classname=\"{}\" name=\"lint\"/>\n", xml(file.path));
  return fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n{}  </testsuite>\n",
                     xml(file.path), std::max<std::ptrdiff_t>(failures, 1), failures, cases);
}

}  // namespace

std::string to_junit(std::span<const LintedFile> linted) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"willrun lint\">\n";
  for (const LintedFile& file : linted) out += suite(file);
  return out += "</testsuites>\n";
}

}  // namespace willrun
