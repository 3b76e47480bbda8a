#include "model/include_rules.hpp"

#include "model/keywords.hpp"
#include "model/read.hpp"
#include "model/validate.hpp"

namespace willrun::model {

std::optional<std::string> refuse_include_rules(yaml::Tree& tree, const SourceFiles& files, yaml::NodeId rules,
                                                const LoadOptions& options) {
  machine::ExpressionPool pool(options.limits);
  const Defaults none(tree, rules);
  const Context context{tree, files, options, pool, none, rules, nullptr, rules};
  std::vector<Diagnostic> found;
  Findings findings(found);
  validate({context, kIncludeRulesEntry, rules}, findings);
  if (findings.errors() == 0) return std::nullopt;
  return found.front().gitlab_text;
}

Model read_include_rules(yaml::Tree& tree, yaml::NodeId rules, const Limits& limits) {
  Model model{.conditions = machine::ExpressionPool(limits)};
  model.workflow.rules = read_rules(tree, rules, model.conditions);
  return model;
}

}  // namespace willrun::model
