// Scenarios: what would start a pipeline, and what is expected of it. Plain values with the places of their texts;
// read.hpp makes them, compare.hpp holds them against decisions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/source.hpp>
#include <willrun/trigger.hpp>
#include <willrun/value.hpp>

namespace willrun::scenario {

// A text to be equal to, or a pattern between slashes, as in `rules:if`.
struct ExpectedText {
  std::string value;
  Span span;

  bool is_pattern() const { return value.starts_with('/'); }
};

// One property of a job.
struct ExpectedDetail {
  std::string_view key;  // "when", "variables" ...
  std::string name;      // of a variable
  Value value;           // null: the job has none
  Span span;
};

// A job by its name, in which `*` stands for any characters.
struct ExpectedJob {
  std::string name;
  Span span;
  std::vector<ExpectedDetail> details;
};

struct Expectation {
  enum class Pipeline : std::uint8_t { created, not_created, failed, skipped };
  Pipeline pipeline = Pipeline::created;
  Span span;                            // of the whole expectation
  std::optional<ExpectedText> failure;  // pipeline is `failed` then
  std::optional<ExpectedText> name;     // of the pipeline; empty: it has none
  std::optional<std::vector<ExpectedText>> warnings;
  std::optional<std::vector<ExpectedJob>> jobs;  // these and no others
  std::vector<ExpectedJob> present;
  std::vector<ExpectedJob> absent;
};

struct Scenario {
  std::string name;
  Span span;                          // of its name
  Value given;                        // with what all scenarios share
  Trigger trigger;                    // made of `given`
  std::optional<Expectation> expect;  // none: nothing is written yet
};

}  // namespace willrun::scenario
