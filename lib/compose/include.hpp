// `include`: files that become part of a configuration, wherever they come from.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/file_source.hpp>
#include <willrun/options.hpp>
#include <willrun/source.hpp>
#include <willrun/variables.hpp>

#include "yaml/load.hpp"
#include "yaml/tree.hpp"

namespace willrun::compose {

// The label of an `include` that leads to a diagnostic.
inline constexpr std::string_view kIncludedHere = "included from here";

// What rules say of an entry.
struct Admission {
  bool admitted = false;
  std::string error;  // GitLab's text where it fails on the rules; empty: it does not
};

// What is known above this layer of `include:rules`.
struct IncludeRules {
  // The first thing that GitLab finds wrong with a list of rules ("rule if invalid expression syntax").
  std::function<std::optional<std::string>(yaml::NodeId rules)> refusal;
  // Whether sound rules let the file of an entry in.
  std::function<Admission(yaml::NodeId entry, yaml::NodeId rules)> admit;
};

struct IncludeContext {
  FileSource& source;
  std::span<const Variable> variables;  // what addresses and expand_vars see
  const IncludeRules& rules;
  const LoadOptions& options;
  // Pipeline creation includes the configuration itself, from nowhere: it counts as a file, and what is left of its own
  // `include` is nobody's to judge.
  bool wrapped = false;
};

using Home = RepositoryPlace;

// One file of the configuration, in the order in which GitLab counts them: all of one list, then what each includes.
struct IncludedFile {
  FileOrigin origin = FileOrigin::local;
  std::string location;        // as GitLab names it
  Span place;                  // of the entry that names it
  std::optional<FileId> file;  // once it was read
  Home entry;                  // in which the entry stands
  Home home;                   // in which the file stands
  std::string path;            // of the file there; empty: nowhere
};

struct Includes {
  std::vector<IncludedFile> files;
  bool yaml_cpp_set_aside = false;  // of any file's text
};

// What became of it: the content, or GitLab's first error and what we say of it.
struct Merged {
  std::optional<yaml::NodeId> content;
  std::string gitlab_error;
  std::vector<Diagnostic> diagnostics;  // each with a label for every include that leads to it
};

// The content with its included files merged below it: included ones in order, each over those before it, the content
// over all of them. `content` itself, its `include` still there, when no file is selected: GitLab judges it then.
// The first problem ends it, as it does in GitLab; `includes` keeps what was seen until then.
Merged merge_includes(yaml::Tree& tree, SourceFiles& files, yaml::NodeId content, const IncludeContext& context,
                      Includes& includes);

// A text whose header takes inputs from other files (`spec:include`): the same text with these inputs in its header,
// included ones first. `text` itself when there is nothing to take.
struct CompletedHeader {
  std::optional<yaml::CiText> text;
  std::string gitlab_error;
  std::vector<Diagnostic> diagnostics;
};
CompletedHeader complete_header(yaml::Tree& tree, SourceFiles& files, const yaml::CiText& text,
                                const IncludeContext& context, Includes& includes);

}  // namespace willrun::compose
