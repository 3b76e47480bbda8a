// `changes` and `exists`: globs against the paths of a change or of a tree.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/options.hpp>

#include "glob/glob.hpp"

namespace willrun::eval {

// A glob whose variables are expanded.
struct ReadyPattern {
  std::string_view text;
  const glob::Glob* glob;
};

// Whether any glob matches any path; too many comparisons count as a match.
bool any_changed(std::span<const ReadyPattern> patterns, std::span<const std::string> paths, const Limits& limits);

// The files of a repository, sorted once for all questions.
class FileTree {
 public:
  explicit FileTree(std::span<const std::string> paths);

  // Whether any pattern finds a file: one without metacharacters is looked up (with a '/' at its end: any file below
  // it), the others are matched; where no pattern has a '/' or `**`, files of the top level only. Source: fact 15 and
  // conformance category `rules_exists`.
  bool any_exists(std::span<const ReadyPattern> patterns, const Limits& limits) const;

 private:
  bool finds_exactly(std::string_view path) const;
  bool finds_below(std::string_view folder) const;

  std::vector<std::string_view> sorted_;
  std::vector<std::string_view> top_level_;
};

}  // namespace willrun::eval
