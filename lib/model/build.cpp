#include "model/build.hpp"

#include "model/logic.hpp"
#include "model/parallel.hpp"
#include "model/read.hpp"
#include "model/validate.hpp"

namespace willrun::model {

Outcome<Model> build(yaml::Tree& tree, const SourceFiles& files, yaml::NodeId root, const compose::Lineage& lineage,
                     const LoadOptions& options) {
  Outcome<Model> outcome;
  Model model{.conditions = machine::ExpressionPool(options.limits)};
  Findings findings(outcome.diagnostics);
  const Defaults defaults(tree, root);
  const yaml::NodeId empty = tree.add_mapping({}, tree.span(root));
  const Context context{tree, files, options, model.conditions, defaults, root, &lineage, empty};
  const std::vector<JobNodes> jobs = validate_file(context, findings);
  if (findings.errors() > 0) return outcome;
  read(tree, root, defaults, jobs, model.conditions, model);
  if (expand_parallel(tree, model.jobs, findings)) check_logic(model, findings);
  if (findings.errors() > 0) return outcome;
  outcome.value = std::move(model);
  return outcome;
}

}  // namespace willrun::model
