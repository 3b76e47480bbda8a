// From bytes to a tree: GitLab's two ways of loading a text.
#pragma once

#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>

#include "yaml/tree.hpp"

namespace willrun::yaml {

// How reading went, for those who want to know.
struct ReadNotes {
  // yaml-cpp refused a text that libyaml took, or read it otherwise, so the tree was built from libyaml's events.
  bool yaml_cpp_set_aside = false;
};

// One text as one YAML document, the way Gitlab::Config::Loader::Yaml parses it: Psych's safe load with symbols and
// `!reference` permitted, then the size limits. String keys stay strings, and any root is accepted.
// The value is the root.
Outcome<NodeId> load_document(Tree& tree, const SourceFiles& files, FileId file, const LoadOptions& options = {},
                              ReadNotes* notes = nullptr);

// One text the way GitLab's CI loader reads it: split at `^---\s+` into at most three parts, blank ones dropped, each
// loaded as above (its error lines count from the start of its part), keys made symbols, and each part a map.
struct CiText {
  NodeId header = kNoNode;   // the map that holds `spec`, when the text has a header
  NodeId content = kNoNode;  // always a mapping
  bool has_header = false;
};
Outcome<CiText> load_ci_text(Tree& tree, const SourceFiles& files, FileId file, const LoadOptions& options = {},
                             ReadNotes* notes = nullptr);

}  // namespace willrun::yaml
