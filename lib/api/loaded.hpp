// What load() leaves behind: the result of each stage.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <willrun/config.hpp>

#include "compose/include.hpp"
#include "model/model.hpp"
#include "yaml/load.hpp"

namespace willrun::api {

// Stages that were not reached have no result. The model's texts point into `tree` and `files`.
struct Loaded {
  SourceFiles files;
  yaml::Tree tree;
  yaml::CiText text;                          // lib/yaml
  yaml::NodeId interpolated = yaml::kNoNode;  // lib/inputs
  compose::Includes includes;                 // lib/compose
  yaml::NodeId merged = yaml::kNoNode;        // with what it includes
  yaml::NodeId composed = yaml::kNoNode;      // lib/compose
  std::optional<model::Model> model;          // lib/model
  LoadOptions options;
  std::vector<Diagnostic> diagnostics;
  std::vector<std::string> gitlab_errors;
  std::vector<std::string> gitlab_warnings;
  bool yaml_cpp_set_aside = false;
  bool missing = false;      // there is no such file
  bool has_include = false;  // header or content asks for other files, whether or not rules admit them
};

}  // namespace willrun::api
