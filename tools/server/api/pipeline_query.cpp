#include "server/api/pipeline_query.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <willrun/trigger.hpp>

#include "common/text.hpp"

namespace willrun::server {

namespace {

WrongParameters not_valid(std::string_view name) {
  return {400, std::string(name).append(" does not have a valid value")};
}

// Empty where the parameter is absent.
std::string word(const Call& call, const char* name, bool (*is_valid)(std::string_view)) {
  const auto given = call.text(name);
  if (given && !is_valid(*given)) throw not_valid(name);
  return given.value_or("");
}

bool is_source(std::string_view text) { return text == "unknown" || (!text.empty() && parse_source(text)); }

// The value that stands under one of these names; none: the parameter is absent.
template <class T, std::size_t kCount>
std::optional<T> chosen(const Call& call, const char* name,
                        const std::array<std::pair<std::string_view, T>, kCount>& of) {
  const auto given = call.text(name);
  if (!given) return std::nullopt;
  const auto found = std::ranges::find(of, *given, &std::pair<std::string_view, T>::first);
  if (found == of.end()) throw not_valid(name);
  return found->second;
}

// `..._before` and `..._after`.
void bound_time(const Call& call, std::string_view name, PipelineQuery& query) {
  const auto time = call.time(name);
  if (!time) return;
  if (name.ends_with("_after")) {
    query.since = std::max(query.since, *time);
  } else {
    query.until = std::min(query.until, *time);
  }
}

void choose_user(const Call& call, PipelineQuery& query) {
  const auto name = call.text("username");
  if (!name || name->empty()) return;
  const auto& users = call.configuration().users;
  const auto user =
      std::ranges::find(users, tools::lower(*name), [](const User& one) { return tools::lower(one.username); });
  query.user_id = user == users.end() ? 0 : user->id;
}

void choose_scope(const Call& call, PipelineQuery& query) {
  enum class Scope : std::uint8_t { nothing, finished, branches, tags };  // nothing: pipelines here never run
  constexpr std::array<std::pair<std::string_view, Scope>, 5> kScopes = {{{"running", Scope::nothing},
                                                                          {"pending", Scope::nothing},
                                                                          {"finished", Scope::finished},
                                                                          {"branches", Scope::branches},
                                                                          {"tags", Scope::tags}}};
  const auto scope = chosen(call, "scope", kScopes);
  if (!scope) return;
  query.finished = *scope == Scope::finished;
  if (*scope == Scope::nothing) query.status = *call.text("scope");
  if (*scope == Scope::branches || *scope == Scope::tags) query.newest_of_tags = *scope == Scope::tags;
}

}  // namespace

bool is_status(std::string_view text) {
  constexpr std::array<std::string_view, 13> kStatuses = {"created",   "waiting_for_resource",
                                                          "preparing", "waiting_for_callback",
                                                          "pending",   "running",
                                                          "success",   "failed",
                                                          "canceling", "canceled",
                                                          "skipped",   "scheduled",
                                                          "manual"};
  return std::ranges::find(kStatuses, text) != kStatuses.end();
}

PipelineQuery pipeline_query(const Call& call, const Paging& page, Checks& checks) {
  // Nothing changes a pipeline, so the one changed last is the last one.
  constexpr std::array<std::pair<std::string_view, PipelineOrder>, 5> kOrders = {{{"id", PipelineOrder::id},
                                                                                  {"status", PipelineOrder::status},
                                                                                  {"ref", PipelineOrder::ref},
                                                                                  {"updated_at", PipelineOrder::id},
                                                                                  {"user_id", PipelineOrder::user_id}}};
  constexpr std::array<std::pair<std::string_view, bool>, 2> kDirections = {{{"asc", true}, {"desc", false}}};
  PipelineQuery query;
  query.page = page.page;
  query.per_page = page.per_page;
  checks([&] { choose_scope(call, query); });
  checks([&] {
    const std::string status = word(call, "status", is_status);
    if (query.status.empty()) query.status = status;  // else it is that of the scope, which nothing here has
  });
  checks([&] { query.ref = call.text("ref").value_or(""); });
  checks([&] { query.sha = call.text("sha").value_or(""); });
  checks([&] {
    if (!call.text("yaml_errors").value_or("").empty()) query.has_errors = call.flag("yaml_errors");
  });
  checks([&] { choose_user(call, query); });
  for (const char* name : {"updated_before", "updated_after", "created_before", "created_after"})
    checks([&] { bound_time(call, name, query); });
  checks([&] { query.order = chosen(call, "order_by", kOrders).value_or(PipelineOrder::id); });
  checks([&] { query.ascending = chosen(call, "sort", kDirections).value_or(false); });
  checks([&] { query.source = word(call, "source", is_source); });
  checks([&] { query.name = call.text("name").value_or(""); });
  return query;
}

}  // namespace willrun::server
