// multipart/form-data (RFC 7578).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace willrun::server {

// One part. Views into the body.
struct Part {
  std::string name;
  std::optional<std::string> filename;  // the part is a file
  std::string_view type;                // its Content-Type; empty: none
  std::string_view content;
};

// Parts in their order. None: the body is not what its type says, or has more than `most` parts.
std::optional<std::vector<Part>> read_multipart(std::string_view body, std::string_view boundary, std::size_t most);

// A parameter of a header value, unquoted: `boundary` of `multipart/form-data; boundary="x"`.
std::optional<std::string> header_parameter(std::string_view value, std::string_view name);

}  // namespace willrun::server
