// ANSI colours, named after what they mark.
#pragma once

#include <string>
#include <string_view>

#include <willrun/diagnostic.hpp>

namespace willrun::report {

// Select Graphic Rendition parameters; an empty one paints nothing.
namespace ink {
inline constexpr std::string_view kBold = "1";
inline constexpr std::string_view kDim = "2";
inline constexpr std::string_view kError = "1;31";
inline constexpr std::string_view kWarning = "1;33";
inline constexpr std::string_view kNote = "1;36";
inline constexpr std::string_view kGutter = "1;34";
inline constexpr std::string_view kGood = "1;32";
}  // namespace ink

inline std::string_view ink_of(Severity severity) {
  switch (severity) {
    case Severity::error: return ink::kError;
    case Severity::warning: return ink::kWarning;
    case Severity::note: break;
  }
  return ink::kNote;
}

inline std::string paint(std::string_view text, std::string_view ink, bool colour) {
  if (!colour || text.empty()) return std::string(text);
  std::string out = "\x1b[";
  out.append(ink).append("m").append(text).append("\x1b[0m");
  return out;
}

}  // namespace willrun::report
