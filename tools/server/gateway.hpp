// Passing an accepted trigger on to a GitLab.
#pragma once

#include <string>

#include "server/call.hpp"
#include "server/configuration.hpp"

namespace willrun::server {

// Sends the request as it came (method, path, query, body, and the headers that matter) and gives the answer: its
// status, body and type. 502 or 504 where there is none. Blocks: for workers.
Response forward(const Forward& to, const std::string& project_path, const Call& call);

}  // namespace willrun::server
