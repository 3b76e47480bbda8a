#include "scenario/found.hpp"

#include <algorithm>

#include "common/wildcard.hpp"
#include "scenario/pattern.hpp"

namespace willrun::scenario {

namespace {

Value text_or_null(std::string_view text) { return text.empty() ? Value() : Value(std::string(text)); }

Value needs_of(const Decision& decision, const JobDecision& job) {
  Value::Sequence all;
  for (const Need& need : details(decision, job).needs) all.emplace_back(need.job);
  return all;
}

Value variable_of(const Decision& decision, const JobDecision& job, const std::string& name) {
  for (const auto& [key, value] : details(decision, job).variables) {
    if (key == name) return value;
  }
  return {};
}

std::vector<std::string> sorted_texts(const Value& list) {
  std::vector<std::string> all;
  for (const Value& item : list.items()) all.push_back(item.text());
  std::ranges::sort(all);
  return all;
}

}  // namespace

Value found_detail(const Decision& decision, const JobDecision& job, const ExpectedDetail& detail) {
  if (detail.key == "when") return std::string(to_string(job.when));
  if (detail.key == "allow_failure") return job.allow_failure;
  if (detail.key == "stage") return std::string(job.stage);
  if (detail.key == "start_in") return text_or_null(job.start_in);
  if (detail.key == "environment") return text_or_null(job.environment);
  if (detail.key == "needs") return needs_of(decision, job);
  return variable_of(decision, job, detail.name);
}

bool as_expected(const ExpectedDetail& detail, const Value& found) {
  if (detail.key == "needs") return sorted_texts(detail.value) == sorted_texts(found);
  return detail.value == found;
}

bool is_named(const JobDecision& job, const ExpectedJob& expected) {
  return tools::matches_wildcard(expected.name, job.name);
}

bool as_expected(const ExpectedText& expected, const std::string& text) {
  return expected.is_pattern() ? matches_pattern(expected.value, text) : expected.value == text;
}

std::string outcome_text(const Decision& decision) {
  switch (decision.status) {
    case Decision::Status::created: return "a pipeline";
    case Decision::Status::skipped: return "skipped";
    case Decision::Status::failed: break;
  }
  return std::string(decision.message());
}

}  // namespace willrun::scenario
