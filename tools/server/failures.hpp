// GitLab's answers to what went wrong: one table of statuses and texts, letter for letter.
#pragma once

#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace willrun::server {

// The fixed answers. Source: section 3 of the facts on the trigger API; docs/server.md lists them.
enum class Failure {
  unauthorized,
  forbidden,
  blocked,           // the user is
  not_the_owner,     // of a trigger token
  not_found,         // raised by GitLab's code
  no_route,          // by its catch-all route
  record_not_found,  // by its handler of missing records
  project_not_found,
  repository_not_found,
  commit_not_found,
  precondition_failed,
  job_not_running,
  job_erased,
  job_project_deleted,
  variables_not_texts,
  store_failed,  // ours: the store could not be asked, or nothing was stored
  internal,
};

Response failure(Failure which);

// `{"error": text}` (Grape's validation) and `{"message": text}`.
Response error_response(int status, std::string_view text);
Response message_response(int status, std::string_view text);
// `{"message": {"base": [text]}}`; `extra` is JSON text for the key `willrun`, or empty.
Response base_response(int status, std::string_view text, std::string_view extra = {});

}  // namespace willrun::server
