#include "scenario/snapshot.hpp"

#include <algorithm>

#include "scenario/compare.hpp"
#include "scenario/found.hpp"

namespace willrun::scenario {

namespace {

class Reviser {
 public:
  Reviser(const Expectation& expectation, const Decision& decision) : expectation_(expectation), decision_(decision) {}

  Value value(const std::string& key, const Value& written) const {
    if (key == "jobs") return jobs(written, *expectation_.jobs, true);
    if (key == "present") return jobs(written, expectation_.present, false);
    if (key == "absent") return absent(written);
    if (key == "name") return name(written);
    if (key == "warnings") return warnings(written);
    return written;
  }

 private:
  const JobDecision* first_named(const ExpectedJob& expected) const {
    const auto job =
        std::ranges::find_if(decision_.jobs, [&](const JobDecision& one) { return is_named(one, expected); });
    return job == decision_.jobs.end() ? nullptr : &*job;
  }

  // `all`: jobs that no name stands for are added.
  Value jobs(const Value& written, const std::vector<ExpectedJob>& expected, bool all) const {
    const bool map = written.kind() == ValueKind::mapping;
    Value::Sequence names;
    Value::Mapping entries;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const JobDecision* job = first_named(expected[i]);
      if (job == nullptr) continue;
      if (map) entries.emplace_back(expected[i].name, details(written.pairs()[i].second, expected[i], *job));
      names.emplace_back(expected[i].name);
    }
    for (const JobDecision& job : decision_.jobs) {
      if (!all || std::ranges::any_of(expected, [&](const auto& one) { return is_named(job, one); })) continue;
      names.emplace_back(std::string(job.name));
      entries.emplace_back(std::string(job.name), Value());
    }
    return map ? Value(std::move(entries)) : Value(std::move(names));
  }

  Value details(const Value& written, const ExpectedJob& expected, const JobDecision& job) const {
    if (written.is_null()) return written;
    Value::Mapping made = written.pairs();
    for (const ExpectedDetail& detail : expected.details) {
      Value found = found_detail(decision_, job, detail);
      if (as_expected(detail, found)) continue;
      for (auto& [key, value] : made) {
        if (key == Value(std::string(detail.key))) put(value, detail, std::move(found));
      }
    }
    return made;
  }

  static void put(Value& value, const ExpectedDetail& detail, Value found) {
    if (detail.key != "variables") {
      value = std::move(found);
      return;
    }
    Value::Mapping variables = value.pairs();
    for (auto& [name, one] : variables) {
      if (name == Value(detail.name)) one = found;
    }
    value = std::move(variables);
  }

  Value absent(const Value& written) const {
    Value::Sequence kept;
    for (const ExpectedJob& one : expectation_.absent) {
      if (first_named(one) == nullptr) kept.emplace_back(one.name);
    }
    return kept.size() == expectation_.absent.size() ? written : Value(std::move(kept));
  }

  Value name(const Value& written) const {
    const ExpectedText& expected = *expectation_.name;
    const bool holds = as_expected(expected, decision_.name) || as_expected(expected, decision_.shown_name);
    return holds ? written : Value(decision_.shown_name);
  }

  Value warnings(const Value& written) const {
    const auto holds = [](const ExpectedText& one, const std::string& text) { return as_expected(one, text); };
    if (std::ranges::equal(*expectation_.warnings, decision_.warnings, holds)) return written;
    return Value::Sequence(decision_.warnings.begin(), decision_.warnings.end());
  }

  const Expectation& expectation_;
  const Decision& decision_;
};

}  // namespace

Value snapshot(const Decision& decision) {
  Value::Sequence names;
  switch (decision.status) {
    case Decision::Status::skipped: return Value::Mapping{{"skipped", true}};
    case Decision::Status::failed: return Value::Mapping{{"failure", std::string(decision.message())}};
    case Decision::Status::created: break;
  }
  for (const JobDecision& job : decision.jobs) names.emplace_back(std::string(job.name));
  return Value::Mapping{{"jobs", std::move(names)}};
}

Value revised(const Value& written, const Expectation& expectation, const Decision& decision) {
  if (!outcome_as_expected(expectation, decision)) return snapshot(decision);
  const Reviser reviser(expectation, decision);
  Value::Mapping made;
  for (const auto& [key, value] : written.pairs()) made.emplace_back(key, reviser.value(key.text(), value));
  return made;
}

}  // namespace willrun::scenario
