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

// What became of patterns and paths.
struct PathMatch {
  bool held = false;
  const ReadyPattern* pattern = nullptr;  // the first that matched; none where too many comparisons count as a match
  std::string_view path;                  // the first path that it matched
};

// Whether any glob matches any path; too many comparisons count as a match.
PathMatch match_changed(std::span<const ReadyPattern> patterns, std::span<const std::string> paths,
                        const Limits& limits);

// The files of a repository, sorted once for all questions.
class FileTree {
 public:
  explicit FileTree(std::span<const std::string> paths);

  // Whether any pattern finds a file: one without metacharacters is looked up (with a '/' at its end: any file below
  // it), the others are matched; where no pattern has a '/' or `**`, files of the top level only. Source: fact 15 and
  // conformance category `rules_exists`.
  PathMatch match(std::span<const ReadyPattern> patterns, const Limits& limits) const;

 private:
  // The file of this path, or the first below this folder; empty: there is none.
  std::string_view find_exactly(std::string_view path) const;
  std::string_view find_below(std::string_view folder) const;

  std::vector<std::string_view> sorted_;
  std::vector<std::string_view> top_level_;
};

}  // namespace willrun::eval
