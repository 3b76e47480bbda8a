// The `{a,b}` groups of a glob, found once, so that alternatives are walked where they stand and never written out.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace willrun::glob {

// Which bytes of a glob open, separate and close groups. Ruby looks for braces before anything else: a group may begin
// inside `[..]` and may hold half of a `**/`. Only `\` hides a brace or comma; a `}` without its `{` is plain text.
class Braces {
 public:
  // No value when a brace is left open: such a glob matches nothing, not even itself (conformance `brace`).
  static std::optional<Braces> scan(std::string_view glob);

  bool opens(std::size_t at) const { return at < next_.size() && next_[at] != 0 && after_[at] == 0; }
  // Whether an alternative ends at this `,` or `}`.
  bool ends_alternative(std::size_t at) const { return at < after_.size() && after_[at] != 0; }
  // Where reading goes on behind the group whose `,` or `}` stands at `at`.
  std::uint32_t after_group(std::size_t at) const { return after_[at]; }

  // Calls `use(position)` with the start of each alternative of the group that opens at `at`.
  template <class Use>
  void each_alternative(std::size_t at, Use use) const {
    for (std::uint32_t mark = static_cast<std::uint32_t>(at); mark + 1 != after_[mark]; mark = next_[mark])
      use(mark + 1);
  }

 private:
  void close_group(const std::vector<std::uint32_t>& marks, std::uint32_t close);

  // Both empty in a glob without groups. `next_`: from `{` and `,` to the next `,` or `}` of the same group, else 0.
  // `after_`: from `,` and `}` to the byte behind the group, else 0; so `}` is the mark whose `after_` is one further.
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> after_;
};

}  // namespace willrun::glob
