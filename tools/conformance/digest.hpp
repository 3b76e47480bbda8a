// SHA-256 and base64, for the shortened and the binary strings of conformance files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace willrun::conformance {

// 64 lower-case hexadecimal digits (FIPS 180-4).
std::string sha256(std::string_view bytes);

// RFC 4648, section 4, with padding.
std::string base64_encode(std::string_view bytes);
// No value when the text is not base64. Line breaks are skipped.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace willrun::conformance
