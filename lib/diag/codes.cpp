#include "diag/codes.hpp"

#include <array>

namespace willrun::diag {

namespace {

using enum Code;
using enum Severity;

constexpr std::array kRows = {
    CodeRow{yaml_syntax, "WR101", "yaml-syntax", error, "the text is not YAML"},
    CodeRow{yaml_too_big, "WR102", "yaml-too-big", error, "the text or what it expands to is over a limit"},
    CodeRow{yaml_not_a_map, "WR103", "yaml-not-a-map", error, "a document's root is not a map"},
    CodeRow{yaml_refused_class, "WR104", "yaml-refused-class", error,
            "a date, time or tag that GitLab refuses to load"},
    CodeRow{yaml_unknown_anchor, "WR105", "yaml-unknown-anchor", error, "an alias names an anchor that does not exist"},
    CodeRow{yaml_crash, "WR106", "yaml-crash", error, "GitLab itself fails on this text"},
    CodeRow{header_invalid, "WR201", "header-invalid", error, "the spec header breaks its rules"},
    CodeRow{input_required, "WR202", "input-required", error, "an input without default was not given"},
    CodeRow{input_wrong_type, "WR203", "input-wrong-type", error, "an input's value is not of its type"},
    CodeRow{input_not_in_options, "WR204", "input-not-in-options", error, "an input's value is none of its options"},
    CodeRow{input_regex_mismatch, "WR205", "input-regex-mismatch", error, "an input's value does not match its regex"},
    CodeRow{input_unknown, "WR206", "input-unknown", error, "a given input is not declared"},
    CodeRow{input_invalid_regex, "WR207", "input-invalid-regex", error, "an input's regex is not valid RE2"},
    CodeRow{input_rule_graph, "WR208", "input-rule-graph", error,
            "rules of inputs refer to undefined inputs or to each other in a circle"},
    CodeRow{interpolation_unknown, "WR209", "interpolation-unknown", error, "a $[[ ]] block names nothing known"},
    CodeRow{interpolation_function, "WR210", "interpolation-function", error, "a function in a $[[ ]] block fails"},
    CodeRow{interpolation_limit, "WR211", "interpolation-limit", error, "interpolation is over a limit"},
    CodeRow{inputs_crash, "WR212", "inputs-crash", error, "GitLab itself fails on these inputs"},
    CodeRow{reference_invalid, "WR301", "reference-invalid", error, "a !reference that is not a list of names"},
    CodeRow{reference_not_found, "WR302", "reference-not-found", error, "a !reference to something that is not there"},
    CodeRow{reference_cycle, "WR303", "reference-cycle", error, "!reference tags that lead back to themselves"},
    CodeRow{file_missing, "WR304", "file-missing", error, "a configuration file that is not there or cannot be read"},
    CodeRow{file_empty, "WR305", "file-empty", error, "a configuration file with nothing in it"},
    CodeRow{extends_unknown, "WR306", "extends-unknown", error, "`extends` names something that is not there"},
    CodeRow{extends_invalid, "WR307", "extends-invalid", error, "`extends` names something that is no map"},
    CodeRow{extends_too_deep, "WR308", "extends-too-deep", error, "more than ten jobs extend each other in a row"},
    CodeRow{extends_cycle, "WR309", "extends-cycle", error, "jobs that extend each other in a circle"},
    CodeRow{include_invalid, "WR310", "include-invalid", error, "an include that names no file GitLab would take"},
    CodeRow{include_limit, "WR311", "include-limit", error, "more included files, or longer ones, than GitLab reads"},
    CodeRow{keyword_invalid, "WR401", "keyword-invalid", error, "a keyword's value is not what it takes"},
    CodeRow{keyword_unknown, "WR402", "keyword-unknown", error, "a keyword that does not exist in this place"},
    CodeRow{job_invalid, "WR403", "job-invalid", error, "a job that cannot be one"},
    CodeRow{no_visible_job, "WR404", "no-visible-job", error, "a configuration without any job to run"},
    CodeRow{stage_unknown, "WR405", "stage-unknown", error, "a job's stage is not among the stages"},
    CodeRow{many_pipelines, "WR407", "many-pipelines", warning, "rules that may start two pipelines for one change"},
    CodeRow{expression_syntax, "WR501", "expression-syntax", error, "a rules:if expression that GitLab refuses"},
    CodeRow{expression_regex, "WR502", "expression-regex", error, "a regular expression that RE2 refuses"},
    CodeRow{condition_constant, "WR601", "condition-constant", warning, "a condition that is always true, or never"},
    CodeRow{rule_not_reached, "WR602", "rule-not-reached", warning,
            "a rule behind one that takes everything it would take"},
    CodeRow{value_not_possible, "WR603", "value-not-possible", warning,
            "a comparison with a value that the variable never has"},
    CodeRow{variable_misspelt, "WR604", "variable-misspelt", warning,
            "a predefined variable that GitLab does not have, and a near one that it has"},
    CodeRow{variable_not_visible, "WR605", "variable-not-visible", warning,
            "a variable that does not exist yet when this rule is evaluated"},
    CodeRow{undefined_is_not_empty, "WR606", "undefined-is-not-empty", note,
            "`!= \"\"` is true for a variable that is not there"},
    CodeRow{match_with_text, "WR607", "match-with-text", warning, "a match with a text that is no pattern"},
    CodeRow{regex_unanchored, "WR608", "regex-unanchored", note,
            "a pattern for a name that matches in the middle of longer names too"},
    CodeRow{variable_in_quotes, "WR609", "variable-in-quotes", warning,
            "a variable inside quotes, where it is not expanded"},
    CodeRow{negated_operand, "WR610", "negated-operand", warning,
            "`!` that binds to the operand and not to the comparison"},
    CodeRow{expression_loose, "WR611", "expression-loose", warning,
            "an expression that GitLab accepts, but hardly as it was meant"},
    CodeRow{empty_text_counts, "WR612", "empty-text-counts", warning,
            "an empty variable that counts as true in front of `&&` or `||`"},
    CodeRow{need_removed, "WR613", "need-removed", warning,
            "a needed job that is not there in some way of starting the pipeline"},
    CodeRow{job_never_runs, "WR614", "job-never-runs", warning, "a job that no usual way of starting a pipeline runs"},
    CodeRow{changes_without_base, "WR615", "changes-without-base", warning,
            "`changes` where GitLab compares nothing, so that it is always true"},
    CodeRow{hidden_job_unused, "WR616", "hidden-job-unused", note, "a hidden job that nothing extends or refers to"},
    CodeRow{input_unused, "WR617", "input-unused", warning, "an input that the file never uses"},
    CodeRow{scalar_read_otherwise, "WR618", "scalar-read-otherwise", warning,
            "a value that YAML reads as something else than it shows"},
    CodeRow{secret_in_text, "WR619", "secret-in-text", warning, "a value that looks like a secret"},
    CodeRow{only_beside_rules, "WR620", "only-beside-rules", note,
            "`only` or `except` in a file whose other jobs have `rules`"},
    CodeRow{keyword_deprecated, "WR621", "keyword-deprecated", note, "a keyword that GitLab calls deprecated"},
    CodeRow{include_not_pinned, "WR622", "include-not-pinned", note,
            "an included file that may change without a change here"},
    CodeRow{shell_syntax, "WR623", "shell-syntax", warning, "a script that is no shell script"},
    CodeRow{text_not_compared, "WR624", "text-not-compared", warning,
            "a text beside `&&` or `||` that no variable is compared with"},
    CodeRow{ignore_unused, "WR625", "ignore-unused", note, "a comment that silences no finding"},
    CodeRow{variable_in_pattern, "WR626", "variable-in-pattern", warning,
            "a variable inside a pattern, where it is not expanded"},
    CodeRow{path_never_matches, "WR627", "path-never-matches", warning,
            "a path of `changes` or `exists` that no file ever has"},
    CodeRow{scenario_invalid, "WR701", "scenario-invalid", error, "a file of scenarios that `willrun test` cannot run"},
};

constexpr bool rows_follow_the_enumeration() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].code) != i) return false;
  }
  return true;
}
static_assert(rows_follow_the_enumeration());

}  // namespace

std::span<const CodeRow> all_codes() { return kRows; }

const CodeRow& row(Code code) { return kRows[static_cast<std::size_t>(code)]; }

Diagnostic make(Code code, Span span, std::string message, std::string gitlab_text) {
  const CodeRow& known = row(code);
  return {known.id, known.name, known.severity, span, std::move(message), std::move(gitlab_text), {}, {}};
}

void add_label(Diagnostic& diagnostic, Span span, std::string_view text) {
  Label& label = diagnostic.labels.emplace_back();
  label.span = span;
  label.text = text;
}

}  // namespace willrun::diag

namespace willrun {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return {};
}

bool has_error(const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == Severity::error) return true;
  }
  return false;
}

}  // namespace willrun
