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
  if (observer_ != nullptr) observer_->rule_evaluated(rule, job, seen, *this);
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
  if (!trigger_.compares_changes()) return settle(ComparedWith::nothing, patterns, {true, nullptr, {}});
  return changed_here(patterns);
}

bool Rules::changed_here(std::span<const ReadyPattern> patterns) {
  if (!trigger_.changed_files) return settle(ComparedWith::unknown, patterns, {true, nullptr, {}});
  return settle(ComparedWith::changed_files, patterns,
                match_changed(patterns, *trigger_.changed_files, program_.limits));
}

bool Rules::exists_here(std::span<const ReadyPattern> patterns) {
  if (!trigger_.tree) return settle(ComparedWith::unknown, patterns, {});
  if (!tree_) tree_.emplace(*trigger_.tree);
  return settle(ComparedWith::tree, patterns, tree_->match(patterns, program_.limits));
}

const Rules::OtherTree& Rules::other_tree(const std::string& project, const std::string& ref) {
  const auto [place, is_new] = other_trees_.try_emplace({project, ref});
  OtherTree& made = place->second;
  if (!is_new) return made;
  for (const auto& [path, files] : trigger_.project_trees) {
    if (path != project) continue;
    made.files.emplace(files);
    return made;
  }
  made.tree =
      trigger_.project_tree ? trigger_.project_tree(project, ref) : ProjectTree{ProjectTree::Status::denied, {}};
  if (made.tree.status == ProjectTree::Status::found) made.files.emplace(made.tree.paths);
  return made;
}

bool Rules::exists_elsewhere(const program::PathSet& set, std::span<const ReadyPattern> patterns,
                             const model::Job* job) {
  const std::string project = expanded(set.project->value, job);
  const std::string ref = set.ref ? expanded(set.ref->value, job) : std::string();
  const OtherTree& other = other_tree(project, ref);
  if (other.files)
    return settle(ComparedWith::project, patterns, other.files->match(patterns, program_.limits), project);
  std::string text = other.tree.status == ProjectTree::Status::denied
                         ? fmt::format("rules:exists:project `{}` not found or access denied", project)
                         : fmt::format("rules:exists:ref `{}` is not a valid ref in project `{}`", ref, project);
  text = Names(program_, trigger_, workflow_variables_, job).masked(std::move(text));
  error_ = RuleError{std::move(text), trigger_.project_tree != nullptr};
  return false;
}

bool Rules::differs_from(const std::string& ref, std::span<const ReadyPattern> patterns) {
  const auto compared = [&](std::span<const std::string> files) {
    return settle(ComparedWith::ref, patterns, match_changed(patterns, files, program_.limits), ref);
  };
  for (const auto& [known, files] : trigger_.compare) {
    if (known == ref) return compared(files);
  }
  if (trigger_.compare_with) {
    if (const auto files = trigger_.compare_with(ref)) return compared(*files);
    error_ = RuleError{"rules:changes:compare_to is not a valid ref", true};
    return false;
  }
  // The commit itself, by whatever name: nothing differs.
  if (ref == trigger_.ref || ref == trigger_.sha || ref == "HEAD") return compared({});
  if (ref == trigger_.default_branch) return changed_here(patterns);
  error_ = RuleError{"rules:changes:compare_to is not a valid ref"};
  return false;
}

bool Rules::settle(ComparedWith with, std::span<const ReadyPattern> patterns, const PathMatch& match,
                   std::string_view other) {
  if (answer_ == nullptr) return match.held;
  answer_->with = with;
  answer_->held = match.held;
  answer_->other = other;
  answer_->path = match.path;
  if (match.pattern != nullptr) answer_->pattern = match.pattern->text;
  for (const ReadyPattern& pattern : patterns) answer_->patterns.emplace_back(pattern.text);
  return match.held;
}

std::optional<ExplainedPaths> Rules::answer(std::uint32_t set, const model::Job* job, bool changes) {
  if (set == kNone) return std::nullopt;
  ExplainedPaths answer;
  const std::optional<RuleError> before = error_;
  error_.reset();
  answer_ = &answer;
  paths_hold_anew(program_.path_sets[set], job, changes);
  answer_ = nullptr;
  const bool failed = error_.has_value();
  error_ = before;
  return failed ? std::nullopt : std::optional(std::move(answer));
}

std::optional<ExplainedPaths> Rules::changes_of(const program::Rule& rule, const model::Job* job) {
  return answer(rule.changes, job, true);
}

std::optional<ExplainedPaths> Rules::exists_of(const program::Rule& rule, const model::Job* job) {
  return answer(rule.exists, job, false);
}

std::string Rules::expanded(std::string_view text, const model::Job* job) const {
  if (!vars::may_refer(text)) return std::string(text);
  return Names(program_, trigger_, workflow_variables_, job).expand(text, vars::Missing::stays);
}

}  // namespace willrun::eval
