#include "report/difference_text.hpp"

#include <fmt/format.h>

#include "report/decision_words.hpp"
#include "report/place.hpp"
#include "report/printable.hpp"

namespace willrun::report {

namespace {

constexpr std::uint32_t kPairColumns = 80;  // of both texts side by side

std::string missing(const Difference& difference, const ScenarioResult& result, const ShownPaths& paths) {
  std::string out = printable(difference.job) + " is missing: ";
  out += difference.left_out ? DecisionWords(*result.configuration, paths).why(*difference.left_out)
                             : std::string("there is no such job");
  return out;
}

std::string value(const Difference& difference, const ScenarioResult& result, const ShownPaths& paths) {
  const std::string expected = printable(difference.expected);
  const std::string found = printable(difference.found);
  std::string out = printable(difference.job) + (difference.job.empty() ? "" : ": ") + printable(difference.key);
  const bool wide =
      columns(expected) + columns(found) > kPairColumns || (expected + found).find('\n') != std::string::npos;
  out += wide ? fmt::format("\n  expected: {}\n  found:    {}", expected, found)
              : fmt::format(": expected {}, found {}", expected, found);
  if (difference.rule)
    out += (wide ? "\n  by " : ", by ") + DecisionWords(*result.configuration, paths).rule(*difference.rule);
  if (result.refusal == nullptr || !difference.job.empty()) return out;
  const std::string at = place(*result.configuration, result.refusal->span, paths);
  return out + (at.empty() ? std::string() : "\n  at " + at + ": " + printable(result.refusal->message));
}

}  // namespace

std::string difference_text(const Difference& difference, const ScenarioResult& result, const ShownPaths& paths) {
  std::string out;
  switch (difference.kind) {
    case Difference::Kind::missing: out = missing(difference, result, paths); break;
    case Difference::Kind::unexpected:
      out = printable(difference.job) + " is not expected: ";
      if (difference.taken) out += DecisionWords(*result.configuration, paths).why(*difference.taken);
      break;
    case Difference::Kind::value: out = value(difference, result, paths); break;
  }
  if (difference.advice.empty()) return out;
  const bool one_line = out.find('\n') == std::string::npos;
  return out + (one_line ? "; " : "\n  ") + printable(difference.advice);
}

}  // namespace willrun::report
