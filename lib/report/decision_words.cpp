#include "report/decision_words.hpp"

#include <fmt/format.h>

#include "report/place.hpp"
#include "report/printable.hpp"

namespace willrun::report {

namespace {

constexpr std::uint32_t kMostConditionColumns = 100;

}  // namespace

std::string plural(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string_view status_name(Decision::Status status) {
  switch (status) {
    case Decision::Status::created: return "created";
    case Decision::Status::skipped: return "skipped";
    case Decision::Status::failed: break;
  }
  return "failed";
}

std::string_view status_word(Decision::Status status) {
  return status == Decision::Status::failed ? "not created" : status_name(status);
}

std::string status_rest(const Decision& decision) {
  if (decision.status == Decision::Status::created)
    return fmt::format(", {} in {}", plural(decision.jobs.size(), "job"), plural(decision.stages.size(), "stage"));
  return decision.failure_reason.empty() ? std::string() : fmt::format(" ({})", decision.failure_reason);
}

std::string when_words(When when, std::string_view start_in) {
  std::string words(to_string(when));
  if (!start_in.empty()) words += " by " + printable(start_in);
  return words;
}

std::string DecisionWords::rule(const DecidingRule& decided) const {
  std::string out = fmt::format("rule {}", decided.index + 1);
  const std::string at = place(files_, decided.span, paths_);
  if (!at.empty()) out += fmt::format(" ({})", at);
  if (!decided.condition.empty()) out += ", if: " + one_line(decided.condition, kMostConditionColumns);
  return out;
}

std::string DecisionWords::why(const JobDecision& job) const {
  return job.rule ? rule(*job.rule) : "no rules: always in";
}

std::string DecisionWords::why(const LeftOutJob& job) const {
  const std::string at = place(files_, job.span, paths_);
  switch (job.reason) {
    case LeftOut::no_rule_matched: return fmt::format("none of its rules matched ({})", at);
    case LeftOut::rule_says_never: return job.rule ? "never, by " + rule(*job.rule) : "a rule says never";
    case LeftOut::not_for_this_ref:
    case LeftOut::only_or_except: break;
  }
  return fmt::format("{} ({})", to_string(job.reason), at);
}

}  // namespace willrun::report
