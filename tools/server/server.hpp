// A running server: store, service and listener together.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "server/service.hpp"

namespace willrun::server {

struct Running {
  Service& service;
  std::string url;  // as clients reach it
};

struct ServeOptions {
  std::ostream* log = nullptr;                   // for the lines of ServiceOptions::log
  std::function<void(const Running&)> started;   // called once, when connections are accepted; may be none
  std::function<ConfigurationOutcome()> reread;  // called at each SIGHUP, on a thread of its own, for the configuration
                                                 // that is to follow; none: SIGHUP does what it does to others
  std::function<std::unique_ptr<Store>(const StoreOptions&)> open = open_store;
};

// Serves until SIGTERM or SIGINT. Throws std::runtime_error with a text for people when it cannot start.
void serve(Configuration configuration, const ServeOptions& options);

}  // namespace willrun::server
