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

// No list of files: whatever changed, it may be these.
bool changed(const std::vector<glob::Glob>& globs, const Trigger& trigger) {
  if (!trigger.compares_changes() || !trigger.changed_files) return true;
  return std::ranges::any_of(*trigger.changed_files, [&](const std::string& path) {
    return std::ranges::any_of(globs, [&](const glob::Glob& glob) { return glob.matches(path); });
  });
}

// What each clause says; nullopt for one that is not there.
std::array<std::optional<bool>, 4> clauses(const Policy& policy, const Trigger& trigger, const ConditionHolds& holds) {
  std::array<std::optional<bool>, 4> said;
  if (policy.refs) {
    said[0] = std::ranges::any_of(*policy.refs, [&](const RefPattern& ref) { return matches(ref, trigger); });
  }
  if (policy.variables) said[1] = std::ranges::any_of(*policy.variables, holds);
  if (policy.changes) said[2] = changed(*policy.changes, trigger);
  if (policy.kubernetes) said[3] = trigger.kubernetes_active;
  return said;
}

}  // namespace

bool all_clauses_hold(const Policy& policy, const Trigger& trigger, const ConditionHolds& holds) {
  return std::ranges::all_of(clauses(policy, trigger, holds), [](auto said) { return said.value_or(true); });
}

bool any_clause_holds(const Policy& policy, const Trigger& trigger, const ConditionHolds& holds) {
  return std::ranges::any_of(clauses(policy, trigger, holds), [](auto said) { return said.value_or(false); });
}

}  // namespace willrun::eval
