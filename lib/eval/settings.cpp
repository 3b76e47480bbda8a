#include "eval/settings.hpp"

#include <algorithm>

namespace willrun::eval {

namespace {

constexpr std::string_view kEverywhere = "*";

bool visible(const SettingVariable& setting, const Trigger& trigger,
             const std::optional<std::string_view>& environment) {
  if (setting.is_protected && !trigger.ref_protected) return false;
  if (setting.environment_scope == kEverywhere) return true;
  return environment && scope_matches(setting.environment_scope, *environment);
}

// A narrower scope overrides a wider one, so it comes later; `*` is the widest.
void visit_level(const std::vector<SettingVariable>& settings, const Trigger& trigger,
                 const std::optional<std::string_view>& environment, Level level,
                 const std::function<void(const Variable&, Level)>& visit) {
  std::vector<const SettingVariable*> shown;
  for (const SettingVariable& setting : settings) {
    if (visible(setting, trigger, environment)) shown.push_back(&setting);
  }
  std::stable_sort(shown.begin(), shown.end(), [](const SettingVariable* a, const SettingVariable* b) {
    const auto width = [](const SettingVariable* setting) {
      return setting->environment_scope == kEverywhere ? 0 : setting->environment_scope.size();
    };
    return width(a) < width(b);
  });
  for (const SettingVariable* setting : shown) visit(setting->variable, level);
}

}  // namespace

bool scope_matches(std::string_view scope, std::string_view environment) {
  if (scope.empty()) return environment.empty();
  if (scope.front() != '*')
    return !environment.empty() && scope.front() == environment.front() &&
           scope_matches(scope.substr(1), environment.substr(1));
  while (scope.starts_with('*')) scope.remove_prefix(1);
  if (scope.empty()) return true;
  for (; !environment.empty(); environment.remove_prefix(1)) {
    if (scope_matches(scope, environment)) return true;
  }
  return false;
}

void each_setting(const Trigger& trigger, const std::optional<std::string_view>& environment,
                  const std::function<void(const Variable&, Level)>& visit) {
  visit_level(trigger.instance_variables, trigger, environment, Level::instance, visit);
  for (const auto& group : trigger.group_variables) visit_level(group, trigger, environment, Level::group, visit);
  visit_level(trigger.project_variables, trigger, environment, Level::project_setting, visit);
  for (const Variable& variable : trigger.variables) visit(variable, Level::trigger);
  for (const Variable& variable : trigger.schedule_variables) visit(variable, Level::schedule);
}

}  // namespace willrun::eval
