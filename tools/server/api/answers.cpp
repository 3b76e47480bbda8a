#include "server/api/answers.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace willrun::server {

void answer_json(Call& call, int status, const Json& json) { answer_json_text(call, status, to_text(json)); }

void answer_json_text(Call& call, int status, std::string json) {
  Response response;
  response.status = status;
  response.body = std::move(json);
  call.service.answer(call, std::move(response));
}

Paging paging(const Call& call) {
  constexpr std::uint32_t kMostPerPage = 100;
  constexpr std::uint32_t kMostPages = 10'000'000;
  Paging made{call.number("page", 1), call.number("per_page", 20)};
  if (made.page == 0 || made.page > kMostPages) throw error_response(400, "page does not have a valid value");
  if (made.per_page == 0) throw error_response(400, "per_page has a value not allowed");
  made.per_page = std::min(made.per_page, kMostPerPage);
  return made;
}

void answer_page(Call& call, const Json& items, const Paging& paging, std::uint64_t total) {
  Response response;
  response.body = to_text(items);
  const std::uint64_t pages = std::max<std::uint64_t>(1, (total + paging.per_page - 1) / paging.per_page);
  const std::string address = call.configuration().url + std::string(path_of(call.request.target));
  std::string links;
  const auto link = [&](std::uint64_t page, std::string_view relation) {
    links += fmt::format("{}<{}?page={}&per_page={}>; rel=\"{}\"", links.empty() ? "" : ", ", address, page,
                         paging.per_page, relation);
  };
  const bool has_next = paging.page < pages;
  const bool has_previous = paging.page > 1;
  if (has_previous) link(paging.page - 1, "prev");
  if (has_next) link(paging.page + 1, "next");
  link(1, "first");
  link(pages, "last");
  response.headers = {{"X-Total", std::to_string(total)},
                      {"X-Total-Pages", std::to_string(pages)},
                      {"X-Per-Page", std::to_string(paging.per_page)},
                      {"X-Page", std::to_string(paging.page)},
                      {"X-Next-Page", has_next ? std::to_string(paging.page + 1) : ""},
                      {"X-Prev-Page", has_previous ? std::to_string(paging.page - 1) : ""},
                      {"Link", links}};
  call.service.answer(call, std::move(response));
}

}  // namespace willrun::server
