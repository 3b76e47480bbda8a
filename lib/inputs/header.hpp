// The `spec` header of a file: what it declares, and what GitLab says of its shape.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/inputs.hpp>
#include <willrun/options.hpp>

#include "yaml/tree.hpp"

namespace willrun::inputs {

using willrun::InputType;

// One entry of spec:inputs. Nodes are kNoNode where the key is absent; a key that is there with null keeps its null
// node, since GitLab tells the two apart.
struct InputSpec {
  std::string name;  // the key as text; a key that is an integer too
  yaml::NodeId key = yaml::kNoNode;
  yaml::NodeId description = yaml::kNoNode;
  std::optional<InputType> type = InputType::string;  // none: `type:` is there with null
  yaml::NodeId default_value = yaml::kNoNode;         // string keys in depth, as GitLab has them
  yaml::NodeId options = yaml::kNoNode;               // absent for null too
  yaml::NodeId regex = yaml::kNoNode;
  yaml::NodeId rules = yaml::kNoNode;  // absent for null and for an empty list too
};

struct Header {
  std::vector<InputSpec> inputs;            // in the order of the file
  std::vector<std::string_view> component;  // names that `spec:component` lists
};

// Reads the map that holds `spec`. Errors stand in GitLab's order with GitLab's repetitions, and a level with errors is
// not entered: 1. the header's own keys, 2. `spec` and `spec:description`, 3. each input, 4. `spec:component`. Their
// `gitlab_text` is in lower case as a whole (`header:spec:inputs:x config contains unknown keys: foo`).
// `spec:include` is left to composition.
Outcome<Header> read_header(yaml::Tree& tree, yaml::NodeId header, const Limits& limits);

}  // namespace willrun::inputs
