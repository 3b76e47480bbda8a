// /projects/:id/triggers: trigger tokens. Their owners see them whole, everybody else the first four characters.
#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "server/access.hpp"
#include "server/api/answers.hpp"
#include "server/api/endpoints.hpp"
#include "server/entities.hpp"
#include "server/times.hpp"

namespace willrun::server::api {

namespace {

constexpr std::size_t kLongestDescription = 2'048;  // characters
constexpr int kMostDays = 365;
constexpr std::uint64_t kMostTokens = 25'000;  // of a project

Json shown(const Call& call, const TriggerToken& token, const User& user) {
  const auto whole = token.owner_id == user.id ? call.service.key().open(token.sealed) : std::nullopt;
  return Entities(call.configuration()).trigger_token(token, whole ? *whole : token.short_token);
}

TriggerToken wanted_token(const Call& call, const Project& project) {
  auto found = call.service.store().trigger_token(project.id, call.id_from_path("trigger_id"), call.service.now());
  if (!found) throw failure(Failure::record_not_found);
  return std::move(*found);
}

[[noreturn]] void refuse(std::string_view field, std::string_view text) {
  throw message_response(400, "400 Bad request - " + to_text(Json{{std::string(field), Json::array({text})}}));
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

void check_description(const std::string& description) {
  if (characters(description) > kLongestDescription)
    refuse("description", fmt::format("is too long (maximum is {} characters)", kLongestDescription));
}

void check_expiry(Time time, Time now) {
  const Time limit = std::chrono::floor<std::chrono::days>(now) + std::chrono::days(kMostDays);
  if (time >= limit) refuse("expires_at", "must be before " + iso_time(limit).substr(0, 10));
}

void answer_token(const CallPointer& call, int status, const TriggerToken& token, const User& user) {
  answer_json(*call, status, shown(*call, token, user));
}

}  // namespace

void list_triggers(const CallPointer& call) {
  const Paging wanted = paging(*call);
  const Member member = require_role(*call, Role::maintainer);
  const auto found =
      call->service.store().trigger_tokens(member.project.id, call->service.now(), wanted.page, wanted.per_page);
  Json items = Json::array();
  for (const TriggerToken& token : found.items) items.push_back(shown(*call, token, *member.user));
  answer_page(*call, items, wanted, found.total, found.has_next);
}

void show_trigger(const CallPointer& call) {
  const Member member = require_role(*call, Role::maintainer);
  answer_token(call, 200, wanted_token(*call, member.project), *member.user);
}

void create_trigger(const CallPointer& call) {
  TriggerToken token;
  Checks checks;
  if (!call->parameters.contains("description")) checks.add("description is missing");
  checks([&] { token.description = call->text("description").value_or(""); });
  checks([&] { token.expires_at = call->time("expires_at"); });
  checks.finish();
  const Member member = require_role(*call, Role::maintainer);
  Service& service = call->service;
  check_description(token.description);
  if (token.expires_at) check_expiry(*token.expires_at, service.now());
  if (service.store().trigger_tokens(member.project.id, service.now(), 1, 1).total >= kMostTokens)
    refuse("base", fmt::format("Maximum number of pipeline triggers ({}) exceeded", kMostTokens));
  // Behind a gateway the tokens of the GitLab are made known here.
  const std::string known = member.project.forward ? call->text("token").value_or("") : std::string();
  const std::string secret = known.empty() ? new_trigger_token() : known;
  token.project_id = member.project.id;
  token.owner_id = member.user->id;
  token.lookup = service.key().lookup(secret);
  token.sealed = service.key().seal(secret);
  token.short_token = short_token(secret);
  token.created_at = token.updated_at = service.now();
  service.store().add_trigger_token(
      std::move(token), answering<TriggerToken>(call, failure(Failure::internal),
                                                [user = member.user](const CallPointer& one, const TriggerToken& made) {
                                                  answer_token(one, 201, made, *user);
                                                }));
}

void change_trigger(const CallPointer& call) {
  Checks checks;
  std::optional<std::string> given;
  checks([&] { call->check_ids(); });
  checks([&] { given = call->text("description"); });
  checks.finish();
  const Member member = require_role(*call, Role::none);
  const TriggerToken token = wanted_token(*call, member.project);
  if (member.role < Role::maintainer || token.owner_id != member.user->id) throw failure(Failure::not_the_owner);
  const std::string description = given.value_or(token.description);
  check_description(description);
  if (description == token.description) {  // nothing is saved, and `updated_at` stays
    answer_token(call, 200, token, *member.user);
    return;
  }
  call->service.store().describe_trigger_token(
      member.project.id, token.id, description, call->service.now(),
      answering<TriggerToken>(call, failure(Failure::record_not_found),
                              [user = member.user](const CallPointer& one, const TriggerToken& changed) {
                                answer_token(one, 200, changed, *user);
                              }));
}

void remove_trigger(const CallPointer& call) {
  const Member member = require_role(*call, Role::maintainer);
  const TriggerToken token = wanted_token(*call, member.project);
  const auto since = parse_http_time(call->request.header("If-Unmodified-Since"));
  if (since && token.updated_at > *since) throw failure(Failure::precondition_failed);
  call->service.store().remove_trigger_token(
      member.project.id, token.id,
      answering<Id>(call, failure(Failure::record_not_found), [](const CallPointer& one, Id) {
        Response response;
        response.status = 204;
        response.content_type.clear();
        one->service.answer(*one, std::move(response));
      }));
}

}  // namespace willrun::server::api
