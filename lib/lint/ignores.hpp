// Comments that silence findings.
#pragma once

#include <string_view>

#include <willrun/diagnostic.hpp>
#include <willrun/source.hpp>

namespace willrun::lint {

// `# willrun: ignore WR604, WR609 reason`, on the line of a finding or alone on the line above it. Codes or names of
// checks; none of them: all checks.
class Ignores {
 public:
  explicit Ignores(const SourceFiles& files) : files_(files) {}

  bool silence(const Diagnostic& diagnostic) const;

 private:
  const SourceFiles& files_;
};

}  // namespace willrun::lint
