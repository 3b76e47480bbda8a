// The files of the page at `/`, which are in the program. cmake/EmbedPage.cmake writes the table from
// tools/server/page.
#pragma once

#include <span>
#include <string_view>

namespace willrun::server {

struct PageAsset {
  std::string_view name;  // "page.css"
  std::string_view content_type;
  std::string_view etag;  // with its quotes
  std::string_view content;
};

std::span<const PageAsset> page_assets();

}  // namespace willrun::server
