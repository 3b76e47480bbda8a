#include "eval/policy.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace willrun::eval {

namespace {

using program::Policy;
using program::RefPattern;

constexpr std::string_view kEventSuffix = "_event";

// English, as GitLab's plural of a source's name is: pushes, schedules, policies.
std::string plural(std::string_view word) {
  std::string many(word);
  if (word.ends_with("sh")) return many.append("es");
  if (word.ends_with("cy")) return many.replace(many.size() - 1, 1, "ies");
  return many.append("s");
}

// `merge_requests`, `pushes` or `push`: the source without `_event`, alone or in the plural.
bool names_source(std::string_view pattern, PipelineSource source) {
  std::string_view name = to_string(source);
  if (name.empty()) return false;
  if (name.ends_with(kEventSuffix)) name.remove_suffix(kEventSuffix.size());
  return pattern == name || pattern == plural(name);
}

bool matches(const RefPattern& pattern, const Trigger& trigger) {
  if (pattern.project && *pattern.project != trigger.project_path) return false;
  if (pattern.text == "tags" && trigger.ref_kind == RefKind::tag) return true;
  if (pattern.text == "branches" && trigger.ref_kind == RefKind::branch) return true;
  if (names_source(pattern.text, trigger.source)) return true;
  if (trigger.ref_kind == RefKind::merge_request) return false;
  return pattern.regex ? pattern.regex->search(trigger.ref) : pattern.text == trigger.ref;
}

PolicyClause refs_clause(const std::vector<RefPattern>& refs, const Trigger& trigger) {
  const auto ref = std::ranges::find_if(refs, [&](const RefPattern& one) { return matches(one, trigger); });
  if (ref == refs.end()) return {};
  return {true, ref->text, static_cast<std::uint32_t>(ref - refs.begin()), {}};
}

PolicyClause variables_clause(const std::vector<program::PolicyCondition>& conditions, const ConditionHolds& holds) {
  const auto condition = std::ranges::find_if(conditions, holds);
  if (condition == conditions.end()) return {};
  return {true, {}, static_cast<std::uint32_t>(condition - conditions.begin()), {}};
}

// No list of files: whatever changed, it may be these.
PolicyClause changes_clause(const std::vector<glob::Glob>& globs, const Trigger& trigger) {
  if (!trigger.compares_changes() || !trigger.changed_files) return {true, {}, 0, {}};
  for (const std::string& path : *trigger.changed_files) {
    const auto glob = std::ranges::find_if(globs, [&](const glob::Glob& one) { return one.matches(path); });
    if (glob != globs.end()) return {true, {}, static_cast<std::uint32_t>(glob - globs.begin()), path};
  }
  return {};
}

std::array<const std::optional<PolicyClause>*, 4> all(const PolicyClauses& clauses) {
  return {&clauses.refs, &clauses.variables, &clauses.changes, &clauses.kubernetes};
}

}  // namespace

PolicyClauses look_at(const Policy& policy, const Trigger& trigger, const ConditionHolds& holds) {
  PolicyClauses said;
  if (policy.refs) said.refs = refs_clause(*policy.refs, trigger);
  if (policy.variables) said.variables = variables_clause(*policy.variables, holds);
  if (policy.changes) said.changes = changes_clause(*policy.changes, trigger);
  if (policy.kubernetes) said.kubernetes = PolicyClause{trigger.kubernetes_active, {}, 0, {}};
  return said;
}

bool PolicyClauses::all_hold() const {
  return std::ranges::all_of(all(*this), [](const auto* clause) { return !*clause || (*clause)->held; });
}

bool PolicyClauses::any_holds() const {
  return std::ranges::any_of(all(*this), [](const auto* clause) { return *clause && (*clause)->held; });
}

}  // namespace willrun::eval
