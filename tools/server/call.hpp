// One request on its way through an endpoint.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/configuration.hpp"
#include "server/http/message.hpp"
#include "server/parameters.hpp"
#include "server/store.hpp"

namespace willrun::server {

class Service;

// Belongs to whoever holds the pointer; an endpoint that goes on elsewhere hands it on. Its owner replies once, by
// throwing a Response or by reply().
struct Call {
  Service& service;
  Request request;
  Reply reply;
  Json parameters;                                        // query and body, then what the path gives
  std::vector<std::pair<std::string, std::string>> path;  // decoded parts of the path by name: ("id", "group/app")
  std::string_view route;                                 // the pattern that matched, for metrics and logs

  const std::string& from_path(std::string_view name) const;
  // A parameter as text; none where it is absent or null. Numbers and booleans are their JSON text.
  std::optional<std::string> text(std::string_view name) const;
  bool flag(std::string_view name) const;  // "true", "1", "t", "on" ...; false when absent
};
using CallPointer = std::shared_ptr<Call>;

// What answers a route. A Response that it throws is the answer.
using Endpoint = void (*)(const CallPointer& call);

}  // namespace willrun::server
