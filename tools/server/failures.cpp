#include "server/failures.hpp"

#include <array>

#include "server/parameters.hpp"

namespace willrun::server {

namespace {

struct Row {
  Failure failure;
  int status;
  std::string_view key;
  std::string_view text;
};

constexpr std::array<Row, 17> kRows = {{
    {Failure::unauthorized, 401, "message", "401 Unauthorized"},
    {Failure::forbidden, 403, "message", "403 Forbidden"},
    {Failure::blocked, 403, "message", "403 Forbidden - Your account has been blocked."},
    {Failure::not_the_owner, 403, "message",
     "403 Forbidden - The current user is not authorized to update the pipeline trigger token"},
    {Failure::not_found, 404, "message", "404 Not Found"},
    {Failure::no_route, 404, "error", "404 Not Found"},
    {Failure::record_not_found, 404, "message", "404 Not found"},
    {Failure::project_not_found, 404, "message", "404 Project Not Found"},
    {Failure::repository_not_found, 404, "message", "404 Repository Not Found"},
    {Failure::commit_not_found, 404, "message", "404 Commit Not Found"},
    {Failure::precondition_failed, 412, "message", "412 Precondition Failed"},
    {Failure::job_not_running, 401, "message", "Job is not running"},
    {Failure::job_erased, 401, "message", "Job has been erased!"},
    {Failure::job_project_deleted, 401, "message", "Project has been deleted!"},
    {Failure::variables_not_texts, 400, "message", "variables needs to be a map of key-valued strings"},
    {Failure::store_failed, 503, "message", "503 Service Unavailable"},
    {Failure::internal, 500, "message", "500 Internal Server Error"},
}};

Response with(int status, const Json& body) {
  Response response;
  response.status = status;
  response.body = to_text(body);
  return response;
}

}  // namespace

Response failure(Failure which) {
  const Row& row = kRows[static_cast<std::size_t>(which)];
  return with(row.status, Json{{std::string(row.key), row.text}});
}

Response error_response(int status, std::string_view text) { return with(status, Json{{"error", text}}); }
Response message_response(int status, std::string_view text) { return with(status, Json{{"message", text}}); }

Response base_response(int status, std::string_view text, std::string_view extra) {
  Response response = with(status, Json{{"message", {{"base", Json::array({text})}}}});
  if (extra.empty()) return response;
  response.body.pop_back();
  response.body.append(",\"willrun\":").append(extra).append("}");
  return response;
}

}  // namespace willrun::server
