// The page at `/`: files that are in the program. They hold no secrets; what they show comes from the API.
#include <algorithm>

#include "server/api/answers.hpp"
#include "server/api/endpoints.hpp"
#include "server/page_assets.hpp"

namespace willrun::server::api {

namespace {

// The page loads nothing but its own files and asks nobody but this server; no other page may frame it.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

bool is_known(std::string_view if_none_match, std::string_view etag) {
  return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

}  // namespace

void page(const CallPointer& call) {
  const std::string& file = call->from_path("file");
  const std::string_view name = file.empty() ? std::string_view("index.html") : std::string_view(file);
  const auto assets = page_assets();
  const auto found = std::ranges::find(assets, name, &PageAsset::name);
  if (found == assets.end()) throw failure(Failure::no_route);
  Response response;
  response.headers = {{"ETag", std::string(found->etag)},
                      {"Cache-Control", "no-cache"},
                      {"Content-Security-Policy", kPolicy},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cross-Origin-Opener-Policy", "same-origin"},
                      {"Cross-Origin-Resource-Policy", "same-origin"}};
  if (is_known(call->request.header("If-None-Match"), found->etag)) {
    response.status = 304;
    response.content_type.clear();
  } else {
    response.content_type = found->content_type;
    response.body = found->content;
  }
  call->service.answer(*call, std::move(response));
}

}  // namespace willrun::server::api
