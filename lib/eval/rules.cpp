#include "eval/rules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <willrun/variables.hpp>

#include "eval/names.hpp"
#include "vars/reference.hpp"

namespace willrun::eval {

using program::kNone;

Rules::Rules(const program::Program& program, const Trigger& trigger, Phase phase)
    : program_(program),
      trigger_(trigger),
      scope_(program, trigger, phase),
      patterns_(program.limits.pattern_cache),
      conditions_(program.conditions().size(), Known::unknown),
      paths_(program.path_sets.size(), Known::unknown) {}

void Rules::forget() {
  std::fill(conditions_.begin(), conditions_.end(), Known::unknown);
  std::fill(paths_.begin(), paths_.end(), Known::unknown);
}

std::uint32_t Rules::first_match(program::RuleRange range, const model::Job* job) {
  error_.reset();
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const bool match = holds(program_.rules[i], job);
    if (error_) return kNone;
    if (match) return i;
  }
  return kNone;
}

bool Rules::holds(const program::Rule& rule, const model::Job* job) {
  Clauses seen;
  bool held = true;
  if (rule.condition != kNone) held = *(seen.condition = condition_holds(rule.condition, rule.own_scope));
  if (held && rule.changes != kNone) held = *(seen.changes = paths_hold(rule.changes, job, true));
  if (held && rule.exists != kNone) held = *(seen.exists = paths_hold(rule.exists, job, false));
  if (observer_ != nullptr) observer_->rule_evaluated(rule, job, seen, scope_);
  return held;
}

bool Rules::condition_holds(std::uint32_t condition, bool own_scope) {
  if (own_scope || anew_) return evaluate(condition);
  Known& known = conditions_[condition];
  if (known == Known::unknown) known = evaluate(condition) ? Known::yes : Known::no;
  return known == Known::yes;
}

bool Rules::evaluate(std::uint32_t condition) {
  const auto id = static_cast<machine::ExpressionId>(condition);
  const machine::Evaluation result = machine::evaluate(program_.conditions(), id, {scope_.slots(), {}}, patterns_);
  if (result.crashed()) {
    error_ = RuleError{machine::explain_crash(program_.conditions(), id, result).message};
    return false;
  }
  return machine::truthful(result.value);
}

bool Rules::paths_hold(std::uint32_t index, const model::Job* job, bool changes) {
  const program::PathSet& set = program_.path_sets[index];
  Known& known = paths_[index];
  if (known != Known::unknown) return known == Known::yes;
  const bool result = paths_hold_anew(set, job, changes);
  if (!error_) known = result ? Known::yes : Known::no;
  return result;
}

bool Rules::paths_hold_anew(const program::PathSet& set, const model::Job* job, bool changes) {
  std::vector<ReadyPattern> ready;
  ready.reserve(set.patterns.size());
  std::vector<std::string> texts;
  std::vector<glob::Glob> globs;
  if (set.reads_variables) {
    texts.reserve(set.patterns.size());
    globs.reserve(set.patterns.size());
    const Names names(program_, trigger_, workflow_variables_, job);
    for (const program::PathPattern& pattern : set.patterns) {
      texts.push_back(names.expand(pattern.text, vars::Missing::stays));
      globs.emplace_back(texts.back(), program_.limits);
      ready.push_back({texts.back(), &globs.back()});
    }
  } else {
    for (const program::PathPattern& pattern : set.patterns) ready.push_back({pattern.text, &*pattern.glob});
  }
  return compare(set, ready, job, changes);
}

bool Rules::compare(const program::PathSet& set, std::span<const ReadyPattern> patterns, const model::Job* job,
                    bool changes) {
  if (!changes) return set.project ? exists_elsewhere(set, patterns, job) : exists_here(patterns);
  if (set.compare_to) return differs_from(expanded(set.compare_to->value, job), patterns);
  if (!trigger_.compares_changes() || !trigger_.changed_files) return true;
  return any_changed(patterns, *trigger_.changed_files, program_.limits);
}

bool Rules::exists_here(std::span<const ReadyPattern> patterns) {
  if (!trigger_.tree) return false;
  if (!tree_) tree_.emplace(*trigger_.tree);
  return tree_->any_exists(patterns, program_.limits);
}

bool Rules::exists_elsewhere(const program::PathSet& set, std::span<const ReadyPattern> patterns,
                             const model::Job* job) {
  const std::string project = expanded(set.project->value, job);
  for (const auto& [path, files] : trigger_.project_trees) {
    if (path == project) return FileTree(files).any_exists(patterns, program_.limits);
  }
  error_ = RuleError{fmt::format("rules:exists:project `{}` not found or access denied", project)};
  return false;
}

bool Rules::differs_from(const std::string& ref, std::span<const ReadyPattern> patterns) {
  for (const auto& [known, files] : trigger_.compare) {
    if (known == ref) return any_changed(patterns, files, program_.limits);
  }
  if (trigger_.compare_with) {
    if (const auto files = trigger_.compare_with(ref)) return any_changed(patterns, *files, program_.limits);
    error_ = RuleError{"rules:changes:compare_to is not a valid ref"};
    return false;
  }
  // The commit itself, by whatever name: nothing differs.
  if (ref == trigger_.ref || ref == trigger_.sha || ref == "HEAD") return false;
  if (ref == trigger_.default_branch)
    return !trigger_.changed_files || any_changed(patterns, *trigger_.changed_files, program_.limits);
  error_ = RuleError{"rules:changes:compare_to is not a valid ref"};
  return false;
}

std::string Rules::expanded(std::string_view text, const model::Job* job) const {
  if (!vars::may_refer(text)) return std::string(text);
  return Names(program_, trigger_, workflow_variables_, job).expand(text, vars::Missing::stays);
}

}  // namespace willrun::eval
