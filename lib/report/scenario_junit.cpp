#include <fmt/format.h>

#include <willrun/scenario.hpp>

#include "report/difference_text.hpp"
#include "report/place.hpp"
#include "report/xml.hpp"

namespace willrun {

namespace {

using report::xml;

std::string test_case(const ScenarioReport& report, const ScenarioResult& result) {
  const std::string head =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml(report.path), xml(result.name));
  if (result.passed()) return head + "/>\n";
  std::string text = report::place(*report.files, result.span, report.paths);
  for (const Difference& difference : result.differences)
    text.append("\n").append(report::difference_text(difference, result, report.paths));
  const std::string first = report::difference_text(result.differences.front(), result, report.paths);
  return head + fmt::format(">\n      <failure message=\"{}\" type=\"scenario\">{}</failure>\n    </testcase>\n",
                            xml(first), xml(text));
}

}  // namespace

std::string to_junit(const ScenarioReport& report) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"willrun test\">\n"
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n",
      xml(report.path), report.results.size(), report.failed());
  for (const ScenarioResult& result : report.results) out += test_case(report, result);
  return out += "  </testsuite>\n</testsuites>\n";
}

}  // namespace willrun
