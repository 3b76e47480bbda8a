#include "server/router.hpp"

#include <algorithm>

namespace willrun::server {

namespace {

std::string_view take_part(std::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const std::string_view part = rest.substr(0, slash);
  rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  return part;
}

using Parts = std::vector<std::pair<std::string, std::string>>;

bool fits(std::string_view pattern, std::string_view path, Parts& parts);

// `*name` takes as little as lets the rest fit, and at least one character.
bool fits_many(std::string_view name, std::string_view pattern, std::string_view path, Parts& parts) {
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const bool whole = end == std::string_view::npos;
    if (!whole || pattern.empty()) {
      parts.emplace_back(name, percent_decoded(path.substr(0, end), false));
      if (fits(pattern, whole ? std::string_view() : path.substr(end + 1), parts)) return true;
      parts.pop_back();
    }
    if (whole) return false;
  }
}

// Both without the `/` in front.
bool fits(std::string_view pattern, std::string_view path, Parts& parts) {
  const std::size_t kept = parts.size();
  while (!pattern.empty()) {
    if (path.empty()) break;
    const std::string_view wanted = take_part(pattern);
    if (wanted.starts_with('*')) {
      if (fits_many(wanted.substr(1), pattern, path, parts)) return true;
      break;
    }
    const std::string_view part = take_part(path);
    if (wanted.starts_with(':') ? part.empty() : part != wanted) {
      parts.resize(kept);
      return false;
    }
    if (wanted.starts_with(':')) parts.emplace_back(wanted.substr(1), percent_decoded(part, false));
  }
  if (pattern.empty() && path.empty()) return true;
  parts.resize(kept);
  return false;
}

}  // namespace

Match match(std::span<const Route> all, std::string_view method, std::string_view path) {
  if (path.empty()) return {};
  if (path.starts_with('/')) path.remove_prefix(1);
  // GitLab passes over slashes behind the path.
  while (path.ends_with('/')) path.remove_suffix(1);
  for (const Route& route : all) {
    Match found;
    if (route.method == method && fits(route.pattern.substr(1), path, found.path)) {
      found.route = &route;
      return found;
    }
  }
  return {};
}

}  // namespace willrun::server
