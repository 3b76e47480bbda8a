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

Paging paging(const Call& call, Checks& checks) {
  constexpr std::int64_t kMostPerPage = 100;
  constexpr std::int64_t kMostPages = 10'000'000;
  std::int64_t page = 1;
  std::int64_t per_page = 20;
  checks([&] { page = call.number("page", page); });
  checks([&] { per_page = call.number("per_page", per_page); });
  if (per_page == 0) checks.add("per_page has a value not allowed");
  if (page < 1 || page > kMostPages) checks.add_last("page does not have a valid value");
  if (per_page < 1) checks.add_last("per_page does not have a valid value");
  return {static_cast<std::uint32_t>(page), static_cast<std::uint32_t>(std::min(per_page, kMostPerPage))};
}

Paging paging(const Call& call) {
  Checks checks;
  const Paging wanted = paging(call, checks);
  checks.finish();
  return wanted;
}

namespace {

// What was asked for, but for whom: that is a secret.
Json shown_parameters(const Call& call, const Paging& paging) {
  Json asked = call.parameters;
  for (const auto& [name, value] : call.path) asked.erase(name);
  for (const char* secret : {"private_token", "access_token"}) asked.erase(secret);
  asked["per_page"] = std::to_string(paging.per_page);
  return asked;
}

}  // namespace

void answer_page(Call& call, const Json& items, const Paging& paging, std::uint64_t total, bool has_next) {
  Response response;
  response.body = to_text(items);
  const std::uint64_t pages = std::max<std::uint64_t>(1, (total + paging.per_page - 1) / paging.per_page);
  const bool is_counted = total <= kMostCounted;
  const std::string address = call.configuration().url + std::string(path_of(call.request.target));
  Json asked = shown_parameters(call, paging);
  std::string links;
  const auto link = [&](std::uint64_t page, std::string_view relation) {
    asked["page"] = std::to_string(page);
    links += fmt::format("{}<{}?{}>; rel=\"{}\"", links.empty() ? "" : ", ", address, to_query(asked), relation);
  };
  has_next = has_next || paging.page < pages;
  const bool has_previous = paging.page > 1 && (paging.page <= pages || !is_counted);
  if (has_previous) link(paging.page - 1, "prev");
  if (has_next) link(paging.page + 1, "next");
  link(1, "first");
  if (is_counted) link(pages, "last");
  response.headers = {{"X-Per-Page", std::to_string(paging.per_page)},
                      {"X-Page", std::to_string(paging.page)},
                      {"X-Next-Page", has_next ? std::to_string(paging.page + 1) : ""},
                      {"X-Prev-Page", has_previous ? std::to_string(paging.page - 1) : ""},
                      {"Link", links}};
  if (is_counted) {
    response.headers.push_back({"X-Total", std::to_string(total)});
    response.headers.push_back({"X-Total-Pages", std::to_string(pages)});
  }
  call.service.answer(call, std::move(response));
}

}  // namespace willrun::server
