#include "machine/pattern_cache.hpp"

namespace willrun::machine {

namespace {

std::optional<Regex> compile_text(std::string_view text) {
  const std::string unescaped = unescape_slashes(text);
  const auto pattern = find_pattern(unescaped);
  if (!pattern) return std::nullopt;
  return std::move(Regex::compile(pattern->body, pattern->flags).regex);
}

// Without a slash at the start of a line (an escaped one counts) there is no pattern, and nothing to remember.
bool may_be_pattern(std::string_view text) {
  for (std::size_t at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
    const std::string_view before = text.substr(0, at > 0 && text[at - 1] == '\\' ? at - 1 : at);
    if (before.empty() || before.back() == '\n') return true;
  }
  return false;
}

}  // namespace

const Regex* PatternCache::find(std::string_view right_side) {
  if (!may_be_pattern(right_side)) return nullptr;
  auto found = recent_.find(right_side);
  if (found == recent_.end()) {
    // The older half goes when the younger is full; what is asked for again moves to the younger in time.
    if (recent_.size() >= std::max(limit_ / 2, 1U)) older_ = std::exchange(recent_, {});
    auto kept = older_.extract(std::string(right_side));
    found = kept.empty() ? recent_.emplace(right_side, compile_text(right_side)).first
                         : recent_.insert(std::move(kept)).position;
  }
  return found->second ? &*found->second : nullptr;
}

}  // namespace willrun::machine
