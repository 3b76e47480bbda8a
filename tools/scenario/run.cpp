#include "scenario/run.hpp"

#include <willrun/coverage.hpp>

namespace willrun::scenario {

const LoadedConfiguration& Configurations::load(const Trigger& trigger) {
  for (const auto& [inputs, known] : shared_) {
    if (inputs == trigger.inputs) return *known;
  }
  Config config = willrun::load(path_, files_, trigger, options_);
  auto program = compile(config);
  const LoadedConfiguration& loaded = loaded_.emplace_back(LoadedConfiguration{std::move(config), std::move(program)});
  if (depends_on_inputs_only(loaded.config)) shared_.emplace_back(trigger.inputs, &loaded);
  return loaded;
}

Decision decide(const LoadedConfiguration& loaded, const Trigger& trigger) {
  if (!loaded.program) return willrun::decide(loaded.config, trigger);
  Decision decision = willrun::decide(*loaded.program, trigger);
  decision.warnings = loaded.config.gitlab_warnings();
  return decision;
}

}  // namespace willrun::scenario
