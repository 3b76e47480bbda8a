#include "server/access.hpp"

#include "common/text.hpp"
#include "server/abilities.hpp"
#include "server/failures.hpp"
#include "server/service.hpp"

namespace willrun::server {

namespace {

std::string given_token(const Call& call) {
  const auto parameter = [&](const char* name) {
    const Json& value = call.parameter(name);
    return value.is_string() ? value.get<std::string>() : std::string();
  };
  if (std::string token = parameter("private_token"); !tools::is_blank(token)) return token;
  if (const std::string_view header = call.request.header("PRIVATE-TOKEN"); !tools::is_blank(header))
    return std::string(header);
  if (std::string token = parameter("access_token"); !token.empty()) return token;
  constexpr std::string_view kBearer = "bearer ";
  const std::string_view authorization = call.request.header("Authorization");
  if (tools::lower(authorization.substr(0, kBearer.size())) != kBearer) return {};
  return std::string(authorization.substr(kBearer.size()));
}

const User* user_of(const Call& call, const std::string& token) {
  if (token.empty()) return nullptr;
  const User* user = call.configuration().user_of_token(token);
  if (user == nullptr) throw failure(Failure::unauthorized);
  if (user->blocked) throw failure(Failure::blocked);
  return user;
}

}  // namespace

const User* current_user(const Call& call) {
  const std::string token = given_token(call);
  const User* user = user_of(call, token);
  if (user != nullptr) count_call(call, token);
  return user;
}

void require_user(const Call& call) {
  if (user_of(call, given_token(call)) == nullptr) throw failure(Failure::unauthorized);
}

Member visible_project(const Call& call) {
  call.check_ids();
  const User* user = current_user(call);
  const Project* project = call.configuration().find_project(call.from_path("id"));
  if (project == nullptr || !may_read(*project, user)) throw failure(Failure::project_not_found);
  return {*project, user, user == nullptr ? Role::none : Configuration::role(*project, *user)};
}

Member require_role(const Call& call, Role least) {
  call.check_ids();
  if (given_token(call).empty()) throw failure(Failure::unauthorized);
  const Member member = visible_project(call);
  if (member.role < least) throw failure(Failure::forbidden);
  return member;
}

Member require_reader(const Call& call) {
  const Member member = visible_project(call);
  if (!may_read_code(member.project, member.user)) throw failure(Failure::forbidden);
  return member;
}

void count_call(const Call& call, std::string_view token) {
  const std::uint32_t most = call.configuration().requests_per_minute;
  if (most == 0) return;  // no limit
  Service& service = call.service;
  if (service.requests_by_token().admit(service.key().lookup(token), most, service.now())) return;
  Response response = message_response(429, "429 Too Many Requests");
  response.headers.push_back({"Retry-After", "60"});
  throw response;
}

}  // namespace willrun::server
