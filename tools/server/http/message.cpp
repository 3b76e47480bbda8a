#include "server/http/message.hpp"

#include <algorithm>

#include "common/text.hpp"

namespace willrun::server {

std::string_view find_header(const std::vector<Header>& headers, std::string_view name) {
  const std::string wanted = tools::lower(name);
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const Header& header) {
    return header.name.size() == wanted.size() && tools::lower(header.name) == wanted;
  });
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

}  // namespace willrun::server
