#include <algorithm>

#include <fmt/format.h>

#include <willrun/scenario.hpp>

#include "report/decision_words.hpp"
#include "report/difference_text.hpp"
#include "report/fold.hpp"
#include "report/paint.hpp"
#include "report/place.hpp"
#include "report/printable.hpp"

namespace willrun {

namespace {

using namespace report;

constexpr std::uint32_t kIndent = 6;  // of a difference; the name of its scenario stands in the same column

class ScenarioPrinter {
 public:
  ScenarioPrinter(const ScenarioReport& report, const ScenarioStyle& style) : report_(report), style_(style) {}

  std::string print() {
    for (const ScenarioResult& result : report_.results) scenario(result);
    if (style_.coverage) coverage();
    if (!style_.quiet) summary();
    return std::move(out_);
  }

 private:
  std::string painted(std::string_view text, std::string_view ink) const {
    return paint(text, ink, style_.text.colour);
  }

  void scenario(const ScenarioResult& result) {
    if (result.passed()) {
      if (!style_.quiet) out_ += painted("ok", ink::kGood) + "    " + printable(result.name) + "\n";
      return;
    }
    out_ += fmt::format("{}  {} ({})\n", painted("FAIL", ink::kError), printable(result.name),
                        place(*report_.files, result.span, report_.paths));
    for (const Difference& difference : result.differences) {
      const std::string text = difference_text(difference, result, report_.paths);
      out_ += fold(std::string(kIndent, ' '), kIndent, text, kIndent, style_.text.width) + "\n";
    }
  }

  void coverage() {
    const CoverageReport& found = report_.coverage;
    if (!found.unmatched.empty()) heading("rules that no scenario matched");
    for (const CoverageReport::Rule& rule : found.unmatched) {
      out_ += fmt::format("  {}: {}\n", rule.job.empty() ? "workflow" : printable(rule.job),
                          DecisionWords(*rule.configuration, report_.paths).rule(rule.rule));
    }
    if (!found.never_run.empty()) heading("jobs that no scenario ran");
    for (const CoverageReport::Job& job : found.never_run) {
      out_ += fmt::format("  {} ({})\n", printable(job.name), place(*job.configuration, job.span, report_.paths));
    }
  }

  void heading(std::string_view text) { out_ += fmt::format("\n{}\n", painted(text, ink::kDim)); }

  void summary() {
    const std::size_t all = report_.results.size();
    const std::size_t failed = report_.failed();
    const CoverageReport& found = report_.coverage;
    out_ +=
        fmt::format("\n{}: {} passed, {}; {} of {} rules matched ({}%), {} of {} jobs ran\n", plural(all, "scenario"),
                    all - failed, painted(fmt::format("{} failed", failed), failed > 0 ? ink::kError : ink::kGood),
                    found.rules - found.unmatched.size(), found.rules, found.percent(),
                    found.jobs - found.never_run.size(), found.jobs);
  }

  const ScenarioReport& report_;
  const ScenarioStyle& style_;
  std::string out_;
};

}  // namespace

std::size_t CoverageReport::percent() const { return rules == 0 ? 100 : (rules - unmatched.size()) * 100 / rules; }

std::size_t ScenarioReport::failed() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(results, [](const ScenarioResult& result) { return !result.passed(); }));
}

std::string render(const ScenarioReport& report, const ScenarioStyle& style) {
  return ScenarioPrinter(report, style).print();
}

}  // namespace willrun
