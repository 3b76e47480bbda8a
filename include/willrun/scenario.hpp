// How scenario tests of a configuration came out, as text and for programs. What a scenario is and how it is compared
// is the business of the tool that reads them; functions here only print.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/decision.hpp>
#include <willrun/report.hpp>
#include <willrun/source.hpp>

namespace willrun {

// One thing that is not as a scenario expects. Texts of jobs and rules are views into the program of its decision.
struct Difference {
  enum class Kind : std::uint8_t {
    missing,     // a job that is not in the pipeline
    unexpected,  // a job that is
    value,       // anything else: `expected` and `found` say what
  };
  Kind kind = Kind::value;
  std::string key;                     // of the expectation: "jobs", "absent", "when", "variables.ENV", "failure" ...
  std::string job;                     // missing: as expected, perhaps with `*`; empty: it is about the pipeline
  std::string expected;                // value only: as it would be written
  std::string found;                   // value only
  std::string advice;                  // "did you mean `test`?", or what would help
  std::optional<LeftOutJob> left_out;  // missing: why; none: there is no such job
  std::optional<JobDecision> taken;    // unexpected: how it came in
  std::optional<DecidingRule> rule;    // value: the rule of the workflow that decided whether there is a pipeline
  Span span;                           // the expectation, in the file of scenarios
};

// One scenario. Views: decision and configuration must live as long.
struct ScenarioResult {
  std::string_view name;
  Span span;                                   // its name
  std::vector<Difference> differences;         // none: it passed
  const SourceFiles* configuration = nullptr;  // the files that its decision points into
  const Diagnostic* refusal = nullptr;         // the first error of a configuration that is not valid

  bool passed() const { return differences.empty(); }
};

// What no scenario reached.
struct CoverageReport {
  struct Rule {
    std::string_view job;  // empty: the workflow
    DecidingRule rule;
    const SourceFiles* configuration = nullptr;
  };
  struct Job {
    std::string_view name;
    Span span;
    const SourceFiles* configuration = nullptr;
  };
  std::size_t rules = 0;  // of workflow and jobs, those of all instances of a `parallel` job counted once
  std::size_t jobs = 0;
  std::vector<Rule> unmatched;  // in no scenario the rule that decided
  std::vector<Job> never_run;   // in no pipeline

  // Rules that decided somewhere, of a hundred, rounded down; 100 where there are none.
  std::size_t percent() const;
};

// A whole run.
struct ScenarioReport {
  std::string_view path;               // the file of scenarios as its user named it
  const SourceFiles* files = nullptr;  // its text
  ShownPaths paths;
  std::span<const ScenarioResult> results;
  CoverageReport coverage;

  std::size_t failed() const;
};

// What to print of a run.
struct ScenarioStyle {
  TextStyle text;
  bool quiet = false;     // failed scenarios only
  bool coverage = false;  // also what was not reached
};

// A line for each scenario, under a failed one its differences with their reasons, then a summary.
std::string render(const ScenarioReport& report, const ScenarioStyle& style = {});
// One JSON object (docs/json.md).
std::string to_json(const ScenarioReport& report);
// JUnit XML: one suite, a case for each scenario.
std::string to_junit(const ScenarioReport& report);

}  // namespace willrun
