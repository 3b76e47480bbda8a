// First line: a glob. The rest: a path. Short ones must be judged as the reference matcher does.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/utf8.hpp"
#include "fuzz/require.hpp"
#include "glob/glob.hpp"
#include "glob/reference_matcher.hpp"

namespace {

// The reference takes exponential time in braces and stars.
bool is_cheap(std::string_view glob, std::string_view path) {
  const auto braces = std::count(glob.begin(), glob.end(), '{') + std::count(glob.begin(), glob.end(), ',');
  const auto stars = std::count(glob.begin(), glob.end(), '*');
  return glob.size() <= 40 && path.size() <= 24 && braces <= 8 && stars <= 8;
}

// Groups are written out before characters are read, so halves of a character may meet where a group ends. Globs come
// from YAML, which has no such halves, and are not made for them.
bool may_join_bytes(std::string_view glob) {
  return glob.find('{') != std::string_view::npos && !willrun::utf8::is_valid(glob);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view glob = input.substr(0, end);
  const std::string_view path = input.substr(std::min(end + 1, input.size()));
  const willrun::glob::Glob compiled(glob);
  const bool matches = compiled.matches(path);
  willrun::require(compiled.matches(path) == matches, "matching twice gives the same", std::string(glob));
  if (!is_cheap(glob, path) || may_join_bytes(glob)) return 0;
  willrun::require(matches == willrun::glob::reference_matches(glob, path), "agrees with the reference matcher",
                   std::string(glob) + " on " + std::string(path));
  return 0;
}
