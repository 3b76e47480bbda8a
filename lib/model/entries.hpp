// The entries of job keywords that have a table of their own, by topic, and what several tables ask of a scope.
#pragma once

#include <array>

#include "model/entry.hpp"

namespace willrun::model {

// keywords_runner.cpp: what a runner prepares and keeps.
extern const Entry kImage;
extern const Entry kServices;
extern const Entry kCaches;
extern const Entry kArtifacts;
extern const Entry kRetry;
extern const Entry kTags;
extern const Entry kTimeout;
extern const Entry kCoverage;
extern const Entry kHooks;
extern const Entry kIdTokens;
extern const Entry kCommands;

// keywords_delivery.cpp: what leaves the pipeline.
extern const Entry kEnvironment;
extern const Entry kRelease;
extern const Entry kPages;

// keywords_flow.cpp: jobs in relation to other jobs and pipelines.
extern const Entry kJobNeeds;
extern const Entry kBridgeNeeds;
extern const Entry kRuleNeeds;
extern const Entry kJobParallel;
extern const Entry kBridgeParallel;
extern const Entry kTrigger;
extern const Entry kIncludes;
extern const Entry kInherit;
extern const Entry kJobInputs;
// How many whole pipelines `needs` waits for.
std::size_t count_pipeline_needs(const Scope& needs);

// keywords_enterprise.cpp: what only the enterprise edition knows.
extern const Entry kRun;
extern const Entry kIdentity;
extern const Entry kSecrets;
extern const Entry kDastConfiguration;

// keywords_variables.cpp
extern const Entry kRootVariables;
extern const Entry kJobVariables;
extern const Entry kRuleVariables;
extern const Entry kServiceVariables;

// A table made of two: what several entries share, and what each has of its own.
template <class Row, std::size_t A, std::size_t B>
constexpr std::array<Row, A + B> joined(const std::array<Row, A>& first, const std::array<Row, B>& second) {
  std::array<Row, A + B> all{};
  for (std::size_t i = 0; i < A; ++i) all[i] = first[i];
  for (std::size_t i = 0; i < B; ++i) all[A + i] = second[i];
  return all;
}

// The value is of this kind.
bool is(const Scope& scope, ValueKind kind);
inline bool is_map(const Scope& scope) { return is(scope, ValueKind::mapping); }
inline bool is_text_or_map(const Scope& scope) { return is_map(scope) || is(scope, ValueKind::string); }
// The attribute is this text.
bool attribute_is(const Scope& scope, std::string_view key, std::string_view word);
// The attribute is there and not blank.
bool has_present(const Scope& scope, std::string_view key);

}  // namespace willrun::model
