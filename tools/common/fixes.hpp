// Changing a file that was read, without touching the rest of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>

namespace willrun::tools {

// The text with all fixes put in, and how many they were; of fixes that overlap the first one.
struct FixedText {
  std::string text;
  std::size_t made = 0;
};
FixedText with_fixes(std::string_view text, std::vector<Fix> fixes);

enum class Replaced : std::uint8_t { done, changed_meanwhile, not_writable };

// Writes `text` into a file that still holds `known`. Neither counts a byte order mark, which stays.
Replaced replace_text(const std::filesystem::path& path, std::string_view known, std::string_view text);

}  // namespace willrun::tools
