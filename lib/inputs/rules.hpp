// The rules of an input: options and default that depend on other inputs.
#pragma once

#include <functional>

#include "inputs/header.hpp"
#include "inputs/input_errors.hpp"
#include "yaml/tree.hpp"

namespace willrun::inputs {

// Reports every rule that breaks the rules' own form, in GitLab's order; null rules and nested lists pass, as GitLab
// flattens the list for this (category rules_shape). False when something was reported.
bool check_rules(const yaml::Tree& tree, const InputSpec& input, InputErrors& errors, const Limits& limits);

// What the first rule gives whose `if` is truthful or not there; nothing of it when no rule applies.
struct RuleChoice {
  yaml::NodeId options = yaml::kNoNode;
  yaml::NodeId default_value = yaml::kNoNode;
};

// A map of all inputs known so far, for `$inputs`; made only when an expression asks for it.
using InputsMap = std::function<yaml::NodeId()>;
// The value of an input known so far, kNoNode when there is none.
using InputLookup = std::function<yaml::NodeId(std::string_view)>;

// Needs rules that check_rules() passed.
RuleChoice choose_rule(yaml::Tree& tree, const InputSpec& input, const InputLookup& lookup, const InputsMap& all,
                       InputErrors& errors, const Limits& limits);

}  // namespace willrun::inputs
