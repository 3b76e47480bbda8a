// Writing a changed text back into the file that it was read from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace willrun::tools {

enum class Replaced : std::uint8_t { done, changed_meanwhile, not_writable };

// Writes `text` into a file that still holds `known`. Neither counts a byte order mark, which stays.
Replaced replace_text(const std::filesystem::path& path, std::string_view known, std::string_view text);

}  // namespace willrun::tools
