// Every diagnostic code of the library, in one table. A code never changes its meaning; a new one goes to the end of
// its hundred. Hundreds: 1 YAML, 2 inputs and interpolation, 3 composition, 4 keywords and jobs, 5 expressions, 6 lint
// checks, 7 files of scenarios.
#pragma once

#include <span>
#include <string_view>

#include <willrun/diagnostic.hpp>

namespace willrun::diag {

enum class Code : std::uint16_t {
  // 1xx YAML
  yaml_syntax,
  yaml_too_big,
  yaml_not_a_map,
  yaml_refused_class,
  yaml_unknown_anchor,
  yaml_crash,
  // 2xx inputs and interpolation
  header_invalid,
  input_required,
  input_wrong_type,
  input_not_in_options,
  input_regex_mismatch,
  input_unknown,
  input_invalid_regex,
  input_rule_graph,
  interpolation_unknown,
  interpolation_function,
  interpolation_limit,
  inputs_crash,
  // 3xx composition
  reference_invalid,
  reference_not_found,
  reference_cycle,
  file_missing,
  file_empty,
  extends_unknown,
  extends_invalid,
  extends_too_deep,
  extends_cycle,
  include_invalid,
  include_limit,
  // 4xx keywords and jobs
  keyword_invalid,
  keyword_unknown,
  job_invalid,
  no_visible_job,
  stage_unknown,
  many_pipelines,
  // 5xx expressions
  expression_syntax,
  expression_regex,
  // 6xx lint checks: GitLab accepts what they find
  condition_constant,
  rule_not_reached,
  value_not_possible,
  variable_misspelt,
  variable_not_visible,
  undefined_is_not_empty,
  match_with_text,
  regex_unanchored,
  variable_in_quotes,
  negated_operand,
  expression_loose,
  empty_text_counts,
  need_removed,
  job_never_runs,
  changes_without_base,
  hidden_job_unused,
  input_unused,
  scalar_read_otherwise,
  secret_in_text,
  only_beside_rules,
  keyword_deprecated,
  include_not_pinned,
  shell_syntax,
  text_not_compared,
  ignore_unused,
  variable_in_pattern,
  path_never_matches,
  // 7xx files of scenarios, which `willrun test` reads
  scenario_invalid,
};

struct CodeRow {
  Code code;
  std::string_view id;    // WR101
  std::string_view name;  // yaml-syntax
  Severity severity;
  std::string_view meaning;  // one line for the documentation
};

// All codes in the order of their ids.
std::span<const CodeRow> all_codes();

const CodeRow& row(Code code);

// A diagnostic with the code's id, name and severity.
Diagnostic make(Code code, Span span, std::string message, std::string gitlab_text = {});

// Adds a second place.
void add_label(Diagnostic& diagnostic, Span span, std::string_view text);

}  // namespace willrun::diag
