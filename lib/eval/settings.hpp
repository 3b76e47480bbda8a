// Variables of settings: those of the instance, of groups and of the project, and what protects and scopes them.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include <willrun/trigger.hpp>

#include "eval/level.hpp"

namespace willrun::eval {

// Calls `visit` with each variable of settings, trigger and schedule that is visible, lowest level first. Protected
// ones need a protected ref; scoped ones an environment of a matching name. `environment`: of the job, expanded; no
// value: no environment, where only the scope `*` holds.
void each_setting(const Trigger& trigger, const std::optional<std::string_view>& environment,
                  const std::function<void(const Variable&, Level)>& visit);

// The same for variables of integrations, which need an environment.
void each_deployment_variable(const Trigger& trigger, const std::optional<std::string_view>& environment,
                              const std::function<void(const Variable&, Level)>& visit);

// Whether any variable of settings or integrations is for some environments only: without one all jobs see the same.
bool has_scoped_settings(const Trigger& trigger);

// Whether a scope such as `review/*` holds for an environment. `*` stands for any characters.
bool scope_matches(std::string_view scope, std::string_view environment);

}  // namespace willrun::eval
