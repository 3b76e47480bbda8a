// Method and path to endpoint: one row a route.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/call.hpp"

namespace willrun::server {

enum class Work {
  quick,   // microseconds, and waits for nothing: answered by the thread of the connection
  stored,  // reads the store: answered by a worker of those that may wait for it
  slow,    // reads repositories or the web: answered by another worker
};

struct Route {
  std::string_view method;
  // "/api/v4/projects/:id/triggers"; `:name` is one part without a `/`, `*name` any number of them.
  std::string_view pattern;
  Endpoint endpoint;
  Work work = Work::quick;
  bool reads_parameters = true;  // false: the body is not looked at
};

struct Match {
  const Route* route = nullptr;                           // none: nothing stands there
  std::vector<std::pair<std::string, std::string>> path;  // parts by name, percent-decoded once
};

// Parts are matched as they were sent and decoded afterwards, so `%2F` is no `/` here.
Match match(std::span<const Route> routes, std::string_view method, std::string_view path);

// All routes of the server, in api/routes.cpp.
std::span<const Route> routes();

}  // namespace willrun::server
