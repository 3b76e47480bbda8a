// A loaded text with its header read, its inputs resolved and its blocks filled in.
#pragma once

#include <span>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>
#include <willrun/source.hpp>
#include <willrun/variables.hpp>

#include "yaml/load.hpp"
#include "yaml/tree.hpp"

namespace willrun::inputs {

// What a file is read with. Refers to variables that live elsewhere.
struct Arguments {
  yaml::NodeId given = yaml::kNoNode;   // inputs by name: a map of the same tree, as `include:inputs` has it, or none
  std::span<const Variable> variables;  // for expand_vars
  yaml::NodeId component = yaml::kNoNode;  // the component's name, sha, version and reference: a map, or none
  Span place;                              // what a complaint about given inputs points at
  bool check_rule_graph = false;           // also the checks of rule_graph.hpp
};

// The content to go on with, or all errors in GitLab's order (their `gitlab_text`; a user of GitLab sees the first
// three joined with ", "). The steps, each of which stops at its own errors:
// 1. without a header nothing is filled in, and inputs that are given are an error;
// 2. the header's shape; 3. the given inputs; 4. the blocks, up to the first that fails.
// A diagnostic with the code inputs_crash means that GitLab itself fails there; it is the only one then.
Outcome<yaml::NodeId> interpolate(yaml::Tree& tree, const SourceFiles& files, const yaml::CiText& text,
                                  const Arguments& arguments, const LoadOptions& options = {});

}  // namespace willrun::inputs
