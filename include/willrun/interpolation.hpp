// One file's `spec` header and `$[[ ]]` blocks: given inputs are typed, checked and put into the content, as GitLab
// does for each configuration file before anything else reads it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>
#include <willrun/source.hpp>
#include <willrun/value.hpp>
#include <willrun/variables.hpp>

namespace willrun {

// What to interpolate, and with what. A plain value; the text is copied by interpolate().
struct InterpolationRequest {
  std::string_view text;                // the whole file: header, `---`, content
  std::string name = ".gitlab-ci.yml";  // how the file is called in SourceFiles
  Value inputs;                         // a mapping of names to values of any type; null: none are given
  Value component;                      // a mapping with name, sha, version and reference; null: no component
  std::vector<Variable> variables;      // what the function expand_vars sees
  // Also the checks between rules of inputs that GitLab has but does not run: undefined names and circles are errors
  // then.
  bool check_rule_graph = false;
  LoadOptions options;
};

// The content with its blocks filled in, or why there is none. Movable, not copyable. Threads: a plain value.
struct Interpolation {
  // The configuration; none when there is an error. Keys are strings, but for `:a` of a text without a header a symbol.
  std::optional<Value> config;
  // All errors in GitLab's order, duplicates included; they point into `files`.
  std::vector<Diagnostic> diagnostics;
  SourceFiles files;
  // Whether the text has a `spec` header; none when the text could not be read at all.
  std::optional<bool> has_header;
  // Whether there was a header and everything went well.
  bool interpolated = false;
  // GitLab itself fails on this text or these inputs: `diagnostics` says where, without a text of GitLab.
  bool crashed = false;

  // GitLab's texts of all errors.
  std::vector<std::string> gitlab_errors() const;
  // What GitLab shows: the first three of them, joined with ", ". None without errors.
  std::optional<std::string> gitlab_message() const;
};

// Never throws for what stands in the request. Cost: linear in the text and in what is put into it, within
// Limits::interpolated_bytes. Values nested deeper than Limits::json_depth are an error.
Interpolation interpolate(const InterpolationRequest& request);

}  // namespace willrun
