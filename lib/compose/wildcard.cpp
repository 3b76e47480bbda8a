#include "compose/wildcard.hpp"

#include <vector>

namespace willrun::compose {

bool wildcard_matches(std::string_view pattern, std::string_view path) {
  // reached[i]: the pattern read so far matches the first i characters of the path.
  std::vector<bool> reached(path.size() + 1, false);
  reached[0] = true;
  while (!pattern.empty()) {
    std::vector<bool> next(path.size() + 1, false);
    const bool deep = pattern.starts_with("**");
    const bool folders = pattern.starts_with("**/");
    if (pattern.front() != '*') {
      for (std::size_t i = 0; i < path.size(); ++i) next[i + 1] = reached[i] && path[i] == pattern.front();
      pattern.remove_prefix(1);
    } else {
      bool open = false;
      for (std::size_t i = 0; i <= path.size(); ++i) {
        if (i > 0 && !deep && path[i - 1] == '/') open = false;
        const bool after_slash = i > 0 && path[i - 1] == '/';
        next[i] = folders ? reached[i] || (open && after_slash) : open || reached[i];
        open = open || reached[i];
      }
      pattern.remove_prefix(folders ? 3 : deep ? 2 : 1);
    }
    reached = std::move(next);
  }
  return reached[path.size()];
}

}  // namespace willrun::compose
