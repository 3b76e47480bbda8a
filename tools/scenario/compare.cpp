#include "scenario/compare.hpp"

#include <algorithm>

#include "common/wildcard.hpp"
#include "scenario/found.hpp"
#include "scenario/names.hpp"
#include "scenario/yaml_text.hpp"

namespace willrun::scenario {

namespace {

using Pipeline = Expectation::Pipeline;
using Status = Decision::Status;

std::string expected_outcome(const Expectation& expectation) {
  switch (expectation.pipeline) {
    case Pipeline::created: return "a pipeline";
    case Pipeline::not_created: return "no pipeline";
    case Pipeline::skipped: return "skipped";
    case Pipeline::failed: break;
  }
  return expectation.failure->value;
}

std::string_view outcome_key(Pipeline pipeline) {
  if (pipeline == Pipeline::failed) return "failure";
  return pipeline == Pipeline::skipped ? "skipped" : "created";
}

class Comparer {
 public:
  Comparer(const Expectation& expectation, const Decision& decision) : expectation_(expectation), decision_(decision) {}

  std::vector<Difference> compare() {
    if (!outcome_as_expected(expectation_, decision_)) {
      outcome();
      return std::move(all_);
    }
    name();
    if (expectation_.warnings) warnings();
    if (expectation_.jobs) {
      for (const ExpectedJob& job : *expectation_.jobs) present(job, "jobs");
      unexpected();
    }
    for (const ExpectedJob& job : expectation_.present) present(job, "present");
    for (const ExpectedJob& job : expectation_.absent) absent(job);
    return std::move(all_);
  }

 private:
  Difference& add(Difference::Kind kind, std::string_view key, std::string_view job, Span span) {
    Difference& made = all_.emplace_back();
    made.kind = kind;
    made.key = key;
    made.job = job;
    made.span = span;
    return made;
  }

  Difference& value(std::string_view key, Span span, std::string expected, std::string found) {
    Difference& made = add(Difference::Kind::value, key, {}, span);
    made.expected = std::move(expected);
    made.found = std::move(found);
    return made;
  }

  void outcome() {
    const Span span = expectation_.failure ? expectation_.failure->span : expectation_.span;
    Difference& made =
        value(outcome_key(expectation_.pipeline), span, expected_outcome(expectation_), outcome_text(decision_));
    if (decision_.stopped_at == Step::workflow || decision_.status == Status::created)
      made.rule = decision_.workflow_rule;
  }

  void name() {
    if (!expectation_.name) return;
    const ExpectedText& expected = *expectation_.name;
    if (as_expected(expected, decision_.name) || as_expected(expected, decision_.shown_name)) return;
    value("name", expected.span, flow_text(expected.value), flow_text(decision_.shown_name));
  }

  void warnings() {
    const auto& expected = *expectation_.warnings;
    const bool equal = std::ranges::equal(
        expected, decision_.warnings, [](const ExpectedText& one, const auto& text) { return as_expected(one, text); });
    if (equal) return;
    Value::Sequence wanted;
    for (const ExpectedText& one : expected) wanted.emplace_back(one.value);
    const Value::Sequence found(decision_.warnings.begin(), decision_.warnings.end());
    value("warnings", expected.empty() ? expectation_.span : expected.front().span, flow_text(wanted),
          flow_text(found));
  }

  void present(const ExpectedJob& expected, std::string_view key) {
    bool any = false;
    for (const JobDecision& job : decision_.jobs) {
      if (!is_named(job, expected)) continue;
      any = true;
      for (const ExpectedDetail& one : expected.details) detail(job, one);
    }
    if (!any) missing(expected, key);
  }

  void detail(const JobDecision& job, const ExpectedDetail& expected) {
    const Value found = found_detail(decision_, job, expected);
    if (as_expected(expected, found)) return;
    const std::string key(expected.key);
    Difference& made = value(expected.name.empty() ? key : key + "." + expected.name, expected.span,
                             flow_text(expected.value), flow_text(found));
    made.job = job.name;
  }

  void missing(const ExpectedJob& expected, std::string_view key) {
    Difference& made = add(Difference::Kind::missing, key, expected.name, expected.span);
    const auto left = std::ranges::find_if(
        decision_.left_out, [&](const LeftOutJob& job) { return tools::matches_wildcard(expected.name, job.name); });
    if (left != decision_.left_out.end()) {
      made.left_out = *left;
    } else {
      made.advice = advice(expected.name, job_names(decision_));
    }
  }

  void unexpected() {
    for (const JobDecision& job : decision_.jobs) {
      const bool named = std::ranges::any_of(*expectation_.jobs, [&](const auto& one) { return is_named(job, one); });
      if (!named) add(Difference::Kind::unexpected, "jobs", job.name, expectation_.span).taken = job;
    }
  }

  void absent(const ExpectedJob& expected) {
    for (const JobDecision& job : decision_.jobs) {
      if (is_named(job, expected)) add(Difference::Kind::unexpected, "absent", job.name, expected.span).taken = job;
    }
  }

  const Expectation& expectation_;
  const Decision& decision_;
  std::vector<Difference> all_;
};

}  // namespace

bool outcome_as_expected(const Expectation& expectation, const Decision& decision) {
  switch (expectation.pipeline) {
    case Pipeline::created: return decision.status == Status::created;
    case Pipeline::not_created: return decision.status != Status::created;
    case Pipeline::skipped: return decision.status == Status::skipped;
    case Pipeline::failed: break;
  }
  return decision.status == Status::failed && as_expected(*expectation.failure, std::string(decision.message()));
}

std::vector<Difference> compare(const Expectation& expectation, const Decision& decision) {
  return Comparer(expectation, decision).compare();
}

}  // namespace willrun::scenario
