// A running server: store, service and listener together.
#pragma once

#include <functional>
#include <ostream>
#include <string>

#include "server/service.hpp"

namespace willrun::server {

struct Running {
  Service& service;
  std::string url;  // as clients reach it
};

// Serves until SIGTERM or SIGINT. `started` is called once, when connections are accepted. Throws std::runtime_error
// with a text for people when it cannot start.
void serve(Configuration configuration, std::ostream* log, const std::function<void(const Running&)>& started);

}  // namespace willrun::server
