// Comments that silence findings.
#pragma once

#include <set>
#include <string_view>
#include <tuple>
#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/source.hpp>

#include "yaml/tree.hpp"

namespace willrun::lint {

// `# willrun: ignore WR604, WR609 reason`, on the line of a finding or alone on the line above it. Codes or names of
// checks; none of them: all checks.
class Ignores {
 public:
  explicit Ignores(const SourceFiles& files) : files_(files) {}

  // Whether a comment silences the finding. What silenced something is remembered.
  bool silence(const Diagnostic& diagnostic);

  // Whether a file has such a comment at all.
  bool any(FileId file) const;

  // What silenced nothing so far: a finding for each code that a comment of the file names in vain, or for the comment
  // where it names none. Linear in the file's text and the tree for each comment.
  std::vector<Diagnostic> unused(FileId file, const yaml::Tree& tree) const;

 private:
  // By the comment on one line; `line` counts from 1.
  bool silences(FileId file, std::uint32_t line, const Diagnostic& diagnostic);

  const SourceFiles& files_;
  std::set<std::tuple<FileId, std::uint32_t>> used_;  // where a code, or a comment without one, begins
};

}  // namespace willrun::lint
