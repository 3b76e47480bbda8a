#include <willrun/decision.hpp>

#include "api/loaded.hpp"
#include "eval/decide.hpp"
#include "eval/scope.hpp"
#include "program/program.hpp"

namespace willrun {

std::optional<Program> compile(const Config& config) {
  const auto& loaded = config.loaded();
  if (!loaded->model) return std::nullopt;
  // The program shares ownership of everything that was loaded, since its model points into it.
  std::shared_ptr<const model::Model> model(loaded, &*loaded->model);
  auto compiled = program::compile(std::move(model), loaded->options.limits);
  eval::bind_predefined(*compiled);
  return Program(std::move(compiled));
}

Decision decide(const Program& program, const Trigger& trigger) {
  if (auto early = eval::refuse_early(trigger, program.compiled().limits)) return std::move(*early);
  return eval::decide(program.shared(), trigger);
}

Decision decide(const Config& config, const Trigger& trigger) {
  if (const auto program = compile(config)) {
    Decision decision = decide(*program, trigger);
    decision.warnings = config.gitlab_warnings();
    return decision;
  }
  if (auto early = eval::refuse_early(trigger, config.loaded()->options.limits)) return std::move(*early);
  Decision decision;
  decision.errors = config.gitlab_errors();
  const bool missing = config.loaded()->missing;
  decision.stopped_at = missing ? Step::content : Step::configuration;
  decision.failure_reason = missing ? "" : "config_error";
  decision.warnings = config.gitlab_warnings();
  return decision;
}

}  // namespace willrun
