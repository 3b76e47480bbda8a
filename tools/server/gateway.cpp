#include "server/gateway.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>

#include "common/http.hpp"
#include "server/failures.hpp"

namespace willrun::server {

namespace {

constexpr std::size_t kMostBytes = std::size_t{8} << 20U;  // of an answer
// What the other side needs to understand the request. No cookies, nothing of this connection.
constexpr std::array<std::string_view, 4> kPassedOn = {"PRIVATE-TOKEN", "Authorization", "X-Gitlab-Event",
                                                       "User-Agent"};

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* data) {
  auto& body = *static_cast<std::string*>(data);
  if (body.size() + size * count > kMostBytes) return 0;
  body.append(bytes, size * count);
  return size * count;
}

// The project's part of the path is that of the other side; the rest is as it was sent.
std::string address_of(const Forward& to, const std::string& project_path, const Call& call) {
  constexpr std::string_view kProjects = "/api/v4/projects/";
  const std::string_view target = path_of(call.request.target);
  const std::size_t rest = target.find('/', kProjects.size());
  const std::string& project = to.project.empty() ? project_path : to.project;
  std::string address = to.url;
  address += kProjects;
  for (const char c : project) address += c == '/' ? std::string("%2F") : std::string(1, c);
  return address.append(target.substr(rest));
}

// What is sent: the request as it came, or, with another token, its parameters as JSON.
struct Sent {
  std::string type;
  std::string query;  // with `?`
  std::string body;
};
Sent sent_by(const Forward& to, const Call& call) {
  const std::size_t mark = std::min(call.request.target.find('?'), call.request.target.size());
  const bool replaced = !to.token.empty() && call.parameters.contains("token");
  if (!replaced)
    return {std::string(call.request.header("Content-Type")), call.request.target.substr(mark), call.request.body};
  Json parameters = call.parameters;
  for (const auto& [name, value] : call.path) parameters.erase(name);
  if (call.from_path("ref").empty()) parameters["ref"] = call.parameter("ref");
  parameters["token"] = to.token;
  return {"application/json", {}, to_text(parameters)};
}

}  // namespace

Response forward(const Forward& to, const std::string& project_path, const Call& call) {
  tools::start_curl();
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (!curl) return failure(Failure::internal);
  curl_slist* headers = curl_slist_append(nullptr, ("X-Request-Id: " + call.request.id).c_str());
  headers = curl_slist_append(headers, "Expect:");
  for (const std::string_view name : kPassedOn) {
    const std::string_view value = call.request.header(name);
    if (!value.empty()) headers = curl_slist_append(headers, std::string(name).append(": ").append(value).c_str());
  }
  const Sent sent = sent_by(to, call);
  const std::string address = address_of(to, project_path, call) + sent.query;
  if (!sent.type.empty()) headers = curl_slist_append(headers, ("Content-Type: " + sent.type).c_str());
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> owned(headers, curl_slist_free_all);
  std::string body;
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl.get(), option, value); };
  set(CURLOPT_URL, address.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_POST, 1L);
  set(CURLOPT_POSTFIELDS, sent.body.data());
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(sent.body.size()));
  set(CURLOPT_HTTPHEADER, headers);
  set(CURLOPT_TIMEOUT, static_cast<long>(to.timeout.count()));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_WRITEFUNCTION, take_body);
  set(CURLOPT_WRITEDATA, &body);
  const CURLcode code = curl_easy_perform(curl.get());
  if (code == CURLE_OPERATION_TIMEDOUT) return message_response(504, "504 Gateway Timeout");
  if (code != CURLE_OK) return message_response(502, "502 Bad Gateway");
  long status = 0;
  char* type = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl.get(), CURLINFO_CONTENT_TYPE, &type);
  Response response;
  response.status = static_cast<int>(status);
  response.body = std::move(body);
  if (type != nullptr) response.content_type = type;
  return response;
}

}  // namespace willrun::server
