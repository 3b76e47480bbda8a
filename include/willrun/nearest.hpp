// The name that a reader probably meant. For tools that complain about names of their own (options, stages) as the
// library does about a user's. Threads: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace willrun {

// The known name closest to `name`: at most a third of its bytes changed, added, removed or swapped, letter case not
// counted; the first of equals. Empty when none is that close. Names over 64 bytes are never suggested. `most`: changes
// at most, for names that are often near to each other without being meant.
std::string_view nearest(std::string_view name, std::span<const std::string_view> known, std::size_t most = 64);

// Advice for Diagnostic::help: "did you mean `NAME`?", or empty when no known name is near.
std::string suggestion(std::string_view name, std::span<const std::string_view> known);

}  // namespace willrun
