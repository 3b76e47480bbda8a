// One value of one input: made to fit the input's type, and checked.
#pragma once

#include "inputs/header.hpp"
#include "inputs/input_errors.hpp"
#include "yaml/tree.hpp"

namespace willrun::inputs {

// Where a value comes from; GitLab's messages say it.
enum class Origin : std::uint8_t { default_value, provided };

// What a value is checked against: the input's type and regex, and its options or those of its rule.
struct Constraints {
  const InputSpec& input;
  InputType type = InputType::string;
  yaml::NodeId options = yaml::kNoNode;
};

// The value as the input's type takes it (categories type_* and json_coercion): for a string its text as Ruby's to_s
// has it; for every other type the JSON value of that text, or the value itself when its text is no JSON.
yaml::NodeId coerce(yaml::Tree& tree, InputType type, yaml::NodeId value, const Limits& limits);

// Reports what is wrong with a coerced value that is not null: its type, its options, its regex, in this order. Options
// of a rule do not concern types without options.
void check_value(const yaml::Tree& tree, const Constraints& constraints, yaml::NodeId value, Origin origin,
                 InputErrors& errors);

// Ruby's `==` between two nodes: 1 equals 1.0, and a text never equals what is none.
bool equal_values(const yaml::Tree& tree, yaml::NodeId a, yaml::NodeId b);

}  // namespace willrun::inputs
