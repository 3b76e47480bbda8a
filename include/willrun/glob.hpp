// Path patterns of `rules:changes` and `rules:exists`.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <willrun/options.hpp>

namespace willrun {

// A compiled glob with the meaning of Ruby's File.fnmatch? under PATHNAME, DOTMATCH and EXTGLOB:
//   `*`      any characters of one path segment, a leading dot included; `**` that no '/' follows is the same
//   `**/`    at the start of a segment: any number of directories, none included
//   `?`      one character (UTF-8) that is no '/'
//   `[a-z]`  one character of a class, `[!a]` and `[^a]` one outside; never '/'
//   `{a,b}`  alternatives, nested too; written out before anything else is read
//   `\x`     x itself
// A glob with an open `{` or `[` matches nothing. There is no form that is refused.
//
// Compiling is linear in the glob; matching is at worst glob x path, without backtracking, and allocates nothing for
// globs below a thousand characters. Immutable and cheap to copy; any number of threads may match at once.
class Glob {
 public:
  explicit Glob(std::string_view pattern, const Limits& limits = {});

  // Whether the whole path matches. The path is relative to the repository's root, with '/' between its parts.
  bool matches(std::string_view path) const;

  // The glob as written.
  const std::string& pattern() const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace willrun
