// Properties of decided jobs, as scenarios name them.
#pragma once

#include <string_view>

#include <willrun/decision.hpp>
#include <willrun/value.hpp>

#include "scenario/scenario.hpp"

namespace willrun::scenario {

// What the decision says where the scenario expects `detail` of the job. Variables are those of the file after merging,
// not expanded; environment and start_in are as written; null: the job has none.
Value found_detail(const Decision& decision, const JobDecision& job, const ExpectedDetail& detail);

// Whether it is as expected: `needs` in any order, everything else equal.
bool as_expected(const ExpectedDetail& detail, const Value& found);

// Whether a name, in which `*` stands for any characters, is that of the job.
bool is_named(const JobDecision& job, const ExpectedJob& expected);

// Whether a text is equal to the expected one, or holds its pattern.
bool as_expected(const ExpectedText& expected, const std::string& text);

// What came of the pipeline, in words: "a pipeline", "skipped", or GitLab's failure text.
std::string outcome_text(const Decision& decision);

}  // namespace willrun::scenario
