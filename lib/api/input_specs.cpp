#include <willrun/inputs.hpp>

#include "api/loaded.hpp"
#include "inputs/given.hpp"
#include "inputs/header.hpp"
#include "inputs/rekey.hpp"
#include "inputs/resolve.hpp"
#include "ruby/print.hpp"

namespace willrun {

namespace {

using yaml::kNoNode;
using yaml::NodeId;

class SpecReader {
 public:
  explicit SpecReader(const yaml::Tree& tree) : tree_(tree) {}

  InputSpec read(const inputs::InputSpec& input, const inputs::RuleChoice& choice) const {
    InputSpec spec;
    spec.name = input.name;
    spec.type = input.type.value_or(InputType::string);
    spec.description = text(input.description);
    if (choice.default_value != kNoNode) spec.default_value = yaml::to_value(tree_, choice.default_value);
    spec.options = values(choice.options);
    if (input.regex != kNoNode) spec.regex = text(input.regex);
    spec.rules = rules(input.rules);
    spec.required = input.rules == kNoNode && input.default_value == kNoNode;
    return spec;
  }

 private:
  std::string text(NodeId node) const {
    return node == kNoNode || tree_.kind(node) == ValueKind::null ? std::string() : ruby::to_s(tree_, node);
  }

  std::vector<Value> values(NodeId list) const {
    std::vector<Value> all;
    if (list == kNoNode) return all;
    for (const NodeId item : tree_.items(list)) all.push_back(yaml::to_value(tree_, item));
    return all;
  }

  std::vector<InputRule> rules(NodeId list) const {
    std::vector<InputRule> all;
    if (list == kNoNode) return all;
    for (const NodeId rule : tree_.items(list)) {
      const NodeId default_value = tree_.find(rule, "default");
      all.push_back({text(tree_.find(rule, "if")), values(tree_.find(rule, "options")),
                     default_value == kNoNode ? Value() : yaml::to_value(tree_, default_value)});
    }
    return all;
  }

  const yaml::Tree& tree_;
};

}  // namespace

std::vector<InputSpec> input_specs(const Config& config, const std::vector<std::pair<std::string, Value>>& given) {
  const api::Loaded& loaded = *config.loaded();
  std::vector<InputSpec> specs;
  if (!loaded.text.has_header) return specs;
  // The tree of the configuration does not change any more, and reading a header adds to it.
  yaml::Tree tree;
  const Limits& limits = loaded.options.limits;
  const Span place = loaded.tree.span(loaded.text.header);
  const NodeId root = yaml::add_value(tree, yaml::to_value(loaded.tree, loaded.text.header), place);
  const Outcome<inputs::Header> header = inputs::read_header(tree, root, limits);
  if (!header) return specs;
  Value::Mapping map;
  for (const auto& [name, value] : given) map.emplace_back(name, value);
  const NodeId values = inputs::add_given(tree, map, place, limits).value_or(kNoNode);
  const NodeId named = values == kNoNode ? values : inputs::with_keys(tree, values, ValueKind::symbol);
  std::vector<inputs::RuleChoice> choices = inputs::choices(tree, *header.value, named, place, limits);
  choices.resize(header.value->inputs.size());
  const SpecReader reader(tree);
  for (std::size_t i = 0; i < choices.size(); ++i) specs.push_back(reader.read(header.value->inputs[i], choices[i]));
  return specs;
}

}  // namespace willrun
