#include <algorithm>
#include <array>

#include "lint/check.hpp"

namespace willrun::lint {

extern const Check pipelines_twice;
extern const Check condition_constant;
extern const Check rule_not_reached;
extern const Check value_not_possible;
extern const Check variable_misspelt;
extern const Check variable_not_visible;
extern const Check undefined_is_not_empty;
extern const Check match_with_text;
extern const Check regex_unanchored;
extern const Check variable_in_quotes;
extern const Check negated_operand;
extern const Check expression_loose;
extern const Check empty_text_counts;
extern const Check need_removed;
extern const Check job_never_runs;
extern const Check changes_without_base;
extern const Check hidden_job_unused;
extern const Check input_unused;
extern const Check scalar_read_otherwise;
extern const Check secret_in_text;
extern const Check only_beside_rules;
extern const Check keyword_deprecated;
extern const Check include_not_pinned;
extern const Check text_not_compared;
extern const Check variable_in_pattern;
extern const Check path_never_matches;

namespace {

constexpr std::array kChecks = {
    &pipelines_twice,      &condition_constant,     &rule_not_reached,   &value_not_possible,    &variable_misspelt,
    &variable_not_visible, &undefined_is_not_empty, &match_with_text,    &regex_unanchored,      &variable_in_quotes,
    &negated_operand,      &expression_loose,       &empty_text_counts,  &need_removed,          &job_never_runs,
    &changes_without_base, &hidden_job_unused,      &input_unused,       &scalar_read_otherwise, &secret_in_text,
    &only_beside_rules,    &keyword_deprecated,     &include_not_pinned, &text_not_compared,     &variable_in_pattern,
    &path_never_matches,
};

}  // namespace

std::span<const Check* const> all_checks() { return kChecks; }

void Findings::add(Span span, std::string message, std::string help, std::optional<Fix> fix,
                   std::optional<Label> label) {
  if (!known_.emplace(span.file, span.begin, span.end).second) return;
  Diagnostic& made = out_.emplace_back(diag::make(code_, span, std::move(message)));
  made.help = std::move(help);
  made.fix = std::move(fix);
  if (label) made.labels.push_back(std::move(*label));
}

std::vector<Diagnostic> run_all(const Subject& subject) {
  std::vector<Diagnostic> found;
  for (const Check* check : kChecks) {
    Findings findings(check->code, found);
    check->run(subject, findings);
  }
  std::ranges::stable_sort(found, {}, [](const Diagnostic& one) { return std::pair(one.span.file, one.span.begin); });
  return found;
}

}  // namespace willrun::lint
