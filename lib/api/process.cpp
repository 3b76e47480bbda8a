#include <willrun/processed.hpp>

#include "api/loaded.hpp"
#include "model/attributes.hpp"

namespace willrun {

std::optional<Processed> process(const Config& config) {
  const api::Loaded& loaded = *config.loaded();
  if (!loaded.model) return std::nullopt;
  const model::Defaults defaults(loaded.tree, loaded.composed);
  Processed out;
  for (const model::Text& stage : loaded.model->stages) out.stages.emplace_back(stage.value);
  for (const model::Job& job : loaded.model->jobs)
    out.jobs.push_back(model::job_attributes(loaded.tree, defaults, *loaded.model, job));
  out.root_variables = model::root_variables(*loaded.model);
  out.workflow = model::workflow_attributes(loaded.tree, loaded.composed, *loaded.model);
  return out;
}

}  // namespace willrun
