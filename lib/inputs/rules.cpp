#include "inputs/rules.hpp"

#include <fmt/format.h>

#include <array>

#include <willrun/nearest.hpp>
#include "inputs/header_findings.hpp"
#include "inputs/input_value.hpp"
#include "inputs/rekey.hpp"
#include "machine/evaluate_text.hpp"
#include "ruby/print.hpp"

namespace willrun::inputs {

namespace {

using diag::Code;
using yaml::kNoNode;
using yaml::NodeId;

constexpr std::array<std::string_view, 3> kRuleKeys{"if", "options", "default"};

class RuleChecker {
 public:
  RuleChecker(const yaml::Tree& tree, const InputSpec& input, InputErrors& errors, const Limits& limits)
      : tree_(tree), input_(input), errors_(errors), limits_(limits) {}

  // Recursion is as deep as the list.
  void check_all(NodeId rules) {
    for (const NodeId rule : tree_.items(rules)) {
      if (tree_.is_sequence(rule)) {
        check_all(rule);
      } else if (tree_.kind(rule) != ValueKind::null) {
        check(rule);
      }
    }
  }

  bool passed() const { return passed_; }

 private:
  NodeId value(NodeId rule, std::string_view key) const {
    const NodeId node = tree_.find(rule, key);
    return node == kNoNode || tree_.kind(node) == ValueKind::null ? kNoNode : node;
  }

  void check(NodeId rule) {
    if (!tree_.is_mapping(rule)) {
      return add(rule, fmt::format("the rule is {}, expected a map", describe(tree_, rule)), "should be a hash");
    }
    if (tree_.entries(rule).empty()) return add(rule, "the rule is empty", "can't be blank");
    const bool keys = check_keys(rule);
    const bool condition = check_if(rule);
    const bool options = check_options_type(rule);
    if (keys && condition && options) check_choice(rule);
  }

  bool check_keys(NodeId rule) {
    std::vector<std::string> unknown;
    for (const yaml::Entry& entry : tree_.entries(rule)) {
      const std::string key = ruby::to_s(tree_, entry.key);
      if (std::find(kRuleKeys.begin(), kRuleKeys.end(), key) == kRuleKeys.end()) unknown.push_back(key);
    }
    if (unknown.empty()) return true;
    add(rule, fmt::format("`{}` is no key of a rule, expected {}", unknown.front(), fmt::join(kRuleKeys, ", ")),
        fmt::format("contains unknown keys: {}", fmt::join(unknown, ", ")));
    errors_.advise(suggestion(unknown.front(), kRuleKeys));
    return false;
  }

  bool check_if(NodeId rule) {
    const NodeId condition = value(rule, "if");
    if (condition == kNoNode) return true;
    if (!tree_.is_string(condition)) {
      add(condition, fmt::format("`if` is {}, expected an expression", describe(tree_, condition)),
          "if invalid expression syntax");
      return false;
    }
    const machine::TextEvaluation evaluation = machine::evaluate_text(tree_.text(condition), {}, limits_);
    if (!evaluation.error || evaluation.crashed) return true;
    add(condition, evaluation.error->message, "if invalid expression syntax");
    errors_.advise(evaluation.error->help);
    return false;
  }

  bool check_options_type(NodeId rule) {
    const NodeId options = value(rule, "options");
    if (options == kNoNode || tree_.is_sequence(options)) return true;
    add(options, fmt::format("the options are {}, expected a list", describe(tree_, options)),
        "options should be an array");
    return false;
  }

  void check_choice(NodeId rule) {
    const NodeId options = value(rule, "options");
    const std::size_t count = options == kNoNode ? 0 : tree_.items(options).size();
    if (count > limits_.input_options) {
      add(options, fmt::format("{} options, at most {} are allowed", count, limits_.input_options),
          fmt::format("cannot define more than {} options", limits_.input_options));
    }
    const NodeId fallback = tree_.find(rule, "default");
    if (fallback == kNoNode) {
      add(rule, "the rule has no `default`", "rule must define 'options' with at least one value and a 'default'");
    } else if (count > 0) {
      check_default(fallback, tree_.items(options));
    }
  }

  void check_default(NodeId fallback, std::span<const NodeId> options) {
    for (const NodeId option : options) {
      if (equal_values(tree_, option, fallback)) return;
    }
    add(fallback, fmt::format("the default is {}, expected one of the rule's options", describe(tree_, fallback)),
        fmt::format("default '{}' must be one of the options", ruby::to_s(tree_, fallback, ruby::Keys::symbols)));
  }

  void add(NodeId node, std::string message, std::string_view complaint) {
    passed_ = false;
    errors_.add(Code::header_invalid, tree_.span(node), input_.name, std::move(message), complaint);
  }

  const yaml::Tree& tree_;
  const InputSpec& input_;
  InputErrors& errors_;
  const Limits& limits_;
  bool passed_ = true;
};

}  // namespace

bool check_rules(const yaml::Tree& tree, const InputSpec& input, InputErrors& errors, const Limits& limits) {
  RuleChecker checker(tree, input, errors, limits);
  checker.check_all(input.rules);
  return checker.passed();
}

RuleChoice choose_rule(yaml::Tree& tree, const InputSpec& input, const InputLookup& lookup, const InputsMap& all,
                       InputErrors& errors, const Limits& limits) {
  const auto operand = [&](NodeId node) {
    return node == kNoNode ? machine::Operand() : machine::Operand::of(tree, node);
  };
  machine::Names names;
  names.input = [&](std::string_view name) { return operand(lookup(name)); };
  names.variable = [&](std::string_view name) { return operand(name == "inputs" ? all() : kNoNode); };
  for (std::size_t i = 0; i < tree.items(input.rules).size(); ++i) {
    const NodeId rule = tree.items(input.rules)[i];
    if (!tree.is_mapping(rule)) {
      errors.crash(tree.span(rule), fmt::format("a rule is {}, which GitLab fails on", describe(tree, rule)));
      return {};
    }
    const NodeId condition = tree.find(rule, "if");
    if (condition != kNoNode && tree.kind(condition) != ValueKind::null) {
      const machine::TextEvaluation evaluation = machine::evaluate_text(tree.text(condition), names, limits);
      if (evaluation.crashed) {
        errors.crash(tree.span(condition), evaluation.error->message);
        return {};
      }
      if (!evaluation.truthful) continue;
    }
    RuleChoice choice{tree.find(rule, "options"), tree.find(rule, "default")};
    if (choice.options != kNoNode && tree.kind(choice.options) == ValueKind::null) choice.options = kNoNode;
    if (choice.default_value != kNoNode)
      choice.default_value = with_keys(tree, choice.default_value, ValueKind::string);
    return choice;
  }
  return {};
}

}  // namespace willrun::inputs
