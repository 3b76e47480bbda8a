// Compiled patterns that came from variables: known only when an expression runs, so kept from run to run.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include <willrun/options.hpp>

#include "machine/regex.hpp"

namespace willrun::machine {

// Run state: one for each thread. Keeps at most `limit` texts; when it is full the half that was not used lately goes.
class PatternCache {
 public:
  explicit PatternCache(std::uint32_t limit = Limits{}.pattern_cache) : limit_(limit) {}

  // The regex that this right side of `=~` stands for; null when it is none (no `/.../` line, or RE2 refuses it), and
  // GitLab then asks for a substring. Valid until the next call.
  const Regex* find(std::string_view right_side);

  std::size_t size() const { return recent_.size() + older_.size(); }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Entries = std::unordered_map<std::string, std::optional<Regex>, Hash, std::equal_to<>>;

  std::uint32_t limit_;
  Entries recent_;
  Entries older_;
};

}  // namespace willrun::machine
