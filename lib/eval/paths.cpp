#include "eval/paths.hpp"

#include <algorithm>

namespace willrun::eval {

namespace {

bool has_metacharacter(std::string_view text) { return text.find_first_of("*?[{") != std::string_view::npos; }

// `**/*.ext`: every file that ends in `.ext`, a file of just that name included.
std::string_view suffix_of(std::string_view pattern) {
  constexpr std::string_view kAnywhere = "**/*.";
  if (!pattern.starts_with(kAnywhere)) return {};
  const std::string_view rest = pattern.substr(kAnywhere.size());
  const bool plain = !rest.empty() && !has_metacharacter(rest) && rest.find('/') == std::string_view::npos;
  return plain ? pattern.substr(kAnywhere.size() - 1) : std::string_view();
}

}  // namespace

PathMatch match_changed(std::span<const ReadyPattern> patterns, std::span<const std::string> paths,
                        const Limits& limits) {
  if (patterns.empty()) return {};
  if (std::uint64_t{patterns.size()} * paths.size() > limits.pattern_comparisons) return {true, nullptr, {}};
  for (const ReadyPattern& pattern : patterns) {
    const auto path = std::ranges::find_if(paths, [&](const std::string& one) { return pattern.glob->matches(one); });
    if (path != paths.end()) return {true, &pattern, *path};
  }
  return {};
}

FileTree::FileTree(std::span<const std::string> paths) : sorted_(paths.begin(), paths.end()) {
  std::sort(sorted_.begin(), sorted_.end());
  for (const std::string_view path : sorted_) {
    if (path.find('/') == std::string_view::npos) top_level_.push_back(path);
  }
}

std::string_view FileTree::find_exactly(std::string_view path) const {
  const auto file = std::lower_bound(sorted_.begin(), sorted_.end(), path);
  return file != sorted_.end() && *file == path ? *file : std::string_view();
}

std::string_view FileTree::find_below(std::string_view folder) const {
  const auto first = std::lower_bound(sorted_.begin(), sorted_.end(), folder);
  return first != sorted_.end() && first->starts_with(folder) ? *first : std::string_view();
}

PathMatch FileTree::match(std::span<const ReadyPattern> patterns, const Limits& limits) const {
  const bool deep = std::any_of(patterns.begin(), patterns.end(), [](const ReadyPattern& pattern) {
    return pattern.text.find('/') != std::string_view::npos || pattern.text.find("**") != std::string_view::npos;
  });
  const std::vector<std::string_view>& files = deep ? sorted_ : top_level_;
  const auto first = [&](const auto& is_it) {
    const auto file = std::ranges::find_if(files, is_it);
    return file != files.end() ? *file : std::string_view();
  };
  std::vector<const ReadyPattern*> globs;
  for (const ReadyPattern& pattern : patterns) {
    std::string_view found;
    const std::string_view suffix = suffix_of(pattern.text);
    if (!suffix.empty()) {
      found = first([&](std::string_view file) { return file.ends_with(suffix); });
    } else if (has_metacharacter(pattern.text)) {
      globs.push_back(&pattern);
    } else {
      found = pattern.text.ends_with('/') ? find_below(pattern.text) : find_exactly(pattern.text);
    }
    if (!found.empty()) return {true, &pattern, found};
  }
  if (std::uint64_t{globs.size()} * files.size() > limits.pattern_comparisons) return {true, nullptr, {}};
  for (const ReadyPattern* pattern : globs) {
    const std::string_view found = first([&](std::string_view file) { return pattern->glob->matches(file); });
    if (!found.empty()) return {true, pattern, found};
  }
  return {};
}

}  // namespace willrun::eval
