// The entries of an `include` list, as far as they can be read without reading files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compose/include.hpp"
#include "diag/codes.hpp"
#include "vars/scope.hpp"

namespace willrun::compose {

// One file that an entry names.
struct Location {
  FileOrigin origin = FileOrigin::local;
  std::string path;         // variables expanded; no leading '/' in a repository
  std::string project;      // origin project: by its entry, or that of the file which holds the entry
  std::string ref;          // of that project; empty: its default branch
  bool by_project = false;  // the entry itself names the project
  bool is_text = true;      // false: `path` is no text
  bool is_artifact = false;
  std::optional<std::string> integrity;
  yaml::NodeId inputs = yaml::kNoNode;
  Span place;
};

// An address that GitLab would fetch.
bool is_remote_address(std::string_view text);

// What is wrong with an entry, in GitLab's words.
struct LocationError {
  std::string text;
  Span place;
  diag::Code code = diag::Code::include_invalid;
};

// Reads the value of `include` in GitLab's order, each step over the whole list: forms, rules, project files and
// wildcards, variables, kinds. No value: `error` says why.
std::optional<std::vector<Location>> read_locations(yaml::Tree& tree, yaml::NodeId value, const Home& home,
                                                    const vars::ListScope& variables, const IncludeContext& context,
                                                    LocationError& error);

}  // namespace willrun::compose
