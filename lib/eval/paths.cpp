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

bool any_changed(std::span<const ReadyPattern> patterns, std::span<const std::string> paths, const Limits& limits) {
  if (patterns.empty()) return false;
  if (std::uint64_t{patterns.size()} * paths.size() > limits.pattern_comparisons) return true;
  return std::any_of(patterns.begin(), patterns.end(), [&](const ReadyPattern& pattern) {
    return std::any_of(paths.begin(), paths.end(),
                       [&](const std::string& path) { return pattern.glob->matches(path); });
  });
}

FileTree::FileTree(std::span<const std::string> paths) : sorted_(paths.begin(), paths.end()) {
  std::sort(sorted_.begin(), sorted_.end());
  for (const std::string_view path : sorted_) {
    if (path.find('/') == std::string_view::npos) top_level_.push_back(path);
  }
}

bool FileTree::finds_exactly(std::string_view path) const {
  return std::binary_search(sorted_.begin(), sorted_.end(), path);
}

bool FileTree::finds_below(std::string_view folder) const {
  const auto first = std::lower_bound(sorted_.begin(), sorted_.end(), folder);
  return first != sorted_.end() && first->starts_with(folder);
}

bool FileTree::any_exists(std::span<const ReadyPattern> patterns, const Limits& limits) const {
  const bool deep = std::any_of(patterns.begin(), patterns.end(), [](const ReadyPattern& pattern) {
    return pattern.text.find('/') != std::string_view::npos || pattern.text.find("**") != std::string_view::npos;
  });
  const std::vector<std::string_view>& files = deep ? sorted_ : top_level_;
  std::vector<const ReadyPattern*> globs;
  for (const ReadyPattern& pattern : patterns) {
    const std::string_view suffix = suffix_of(pattern.text);
    if (!suffix.empty()) {
      if (std::any_of(files.begin(), files.end(), [&](auto file) { return file.ends_with(suffix); })) return true;
    } else if (has_metacharacter(pattern.text)) {
      globs.push_back(&pattern);
    } else if (pattern.text.ends_with('/') ? finds_below(pattern.text) : finds_exactly(pattern.text)) {
      return true;
    }
  }
  if (std::uint64_t{globs.size()} * files.size() > limits.pattern_comparisons) return true;
  return std::any_of(globs.begin(), globs.end(), [&](const ReadyPattern* pattern) {
    return std::any_of(files.begin(), files.end(), [&](auto file) { return pattern->glob->matches(file); });
  });
}

}  // namespace willrun::eval
