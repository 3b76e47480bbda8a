#include "model/build.hpp"

#include "model/logic.hpp"
#include "model/read.hpp"
#include "model/validate.hpp"

namespace willrun::model {

Outcome<Model> build(yaml::Tree& tree, const SourceFiles& files, yaml::NodeId root, const LoadOptions& options) {
  Outcome<Model> outcome;
  Model model{.conditions = machine::ExpressionPool(options.limits)};
  Findings findings(outcome.diagnostics);
  const Context context{tree, files, options, model.conditions};
  const std::vector<JobNodes> jobs = validate_file(context, root, findings);
  if (findings.errors() > 0) return outcome;
  read(tree, root, jobs, model.conditions, model);
  check_logic(model, findings);
  if (findings.errors() > 0) return outcome;
  outcome.value = std::move(model);
  return outcome;
}

}  // namespace willrun::model
