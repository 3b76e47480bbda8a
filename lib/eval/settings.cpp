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

// An exact name overrides a pattern, and a pattern `*`, so they come later.
void visit_level(const std::vector<SettingVariable>& settings, const Trigger& trigger,
                 const std::optional<std::string_view>& environment, Level level,
                 const std::function<void(const Variable&, Level)>& visit) {
  std::vector<const SettingVariable*> shown;
  for (const SettingVariable& setting : settings) {
    if (visible(setting, trigger, environment)) shown.push_back(&setting);
  }
  std::stable_sort(shown.begin(), shown.end(), [](const SettingVariable* a, const SettingVariable* b) {
    const auto rank = [](const SettingVariable* setting) {
      const std::string_view scope = setting->environment_scope;
      return scope == kEverywhere ? 0 : scope.find('*') != std::string_view::npos ? 1 : 2;
    };
    return rank(a) < rank(b);
  });
  for (const SettingVariable* setting : shown) visit(setting->variable, level);
}

}  // namespace

// Greedy: only the last star ever has to take more.
bool scope_matches(std::string_view scope, std::string_view environment) {
  std::size_t at = 0;
  std::size_t name = 0;
  std::size_t star = std::string_view::npos;  // the last one met
  std::size_t taken = 0;                      // where what it takes ends
  while (name < environment.size()) {
    if (at < scope.size() && scope[at] == '*') {
      star = at++;
      taken = name;
    } else if (at < scope.size() && scope[at] == environment[name]) {
      ++at;
      ++name;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      name = ++taken;
    } else {
      return false;
    }
  }
  return scope.find_first_not_of('*', at) == std::string_view::npos;
}

bool has_scoped_settings(const Trigger& trigger) {
  const auto any_scoped = [](const std::vector<SettingVariable>& settings) {
    return std::any_of(settings.begin(), settings.end(),
                       [](const SettingVariable& setting) { return setting.environment_scope != kEverywhere; });
  };
  return !trigger.deployment_variables.empty() || any_scoped(trigger.instance_variables) ||
         any_scoped(trigger.project_variables) ||
         std::any_of(trigger.group_variables.begin(), trigger.group_variables.end(), any_scoped);
}

void each_setting(const Trigger& trigger, const std::optional<std::string_view>& environment,
                  const std::function<void(const Variable&, Level)>& visit) {
  visit_level(trigger.instance_variables, trigger, environment, Level::instance, visit);
  for (const auto& group : trigger.group_variables) visit_level(group, trigger, environment, Level::group, visit);
  visit_level(trigger.project_variables, trigger, environment, Level::project_setting, visit);
  for (const Variable& variable : trigger.variables) visit(variable, Level::trigger);
  for (const Variable& variable : trigger.schedule_variables) visit(variable, Level::schedule);
}

void each_deployment_variable(const Trigger& trigger, const std::optional<std::string_view>& environment,
                              const std::function<void(const Variable&, Level)>& visit) {
  if (environment) visit_level(trigger.deployment_variables, trigger, environment, Level::deployment, visit);
}

}  // namespace willrun::eval
