// One request on its way through an endpoint.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/message.hpp"
#include "server/parameters.hpp"
#include "server/times.hpp"

namespace willrun::server {

struct Configuration;
class Creator;
class Service;
struct Snapshot;
using SnapshotPointer = std::shared_ptr<const Snapshot>;

// An endpoint that goes on elsewhere hands the pointer on. Whoever has it last gives the one answer, by
// Service::answer() or by throwing a Response.
struct Call {
  Call(Service& owner, SnapshotPointer now, Request given, Reply to)
      : service(owner), snapshot(std::move(now)), request(std::move(given)), reply(std::move(to)) {}

  // Of the moment in which the call began, and as long as the call is there: what it takes from them it may refer to.
  const Configuration& configuration() const;
  const Creator& creator() const;

  Service& service;
  SnapshotPointer snapshot;
  Request request;
  Reply reply;
  Json parameters = Json::object();                       // query and body, then what the path gives
  std::vector<std::pair<std::string, std::string>> path;  // parts of the path by name, decoded: ("id", "group/app")
  std::string_view route = "none";                        // the pattern that matched, for metrics and log
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();

  const std::string& from_path(std::string_view name) const;
  // Grape's check of the numbers of the path (`:trigger_id`), which comes before any other: throws `NAME is invalid`.
  void check_ids() const;
  // A part of the path that is a number; 0 where it is none, which nothing has.
  std::uint64_t id_from_path(std::string_view name) const;
  // The parameter; null where it is absent.
  const Json& parameter(std::string_view name) const;
  // As text, numbers and booleans as JSON writes them; none: absent or null. Maps and lists throw `NAME is invalid`.
  std::optional<std::string> text(std::string_view name) const;
  // Grape's booleans; absent is false. Throws `NAME is invalid`.
  bool flag(std::string_view name) const;
  // Throws `NAME is invalid` for what is no integer.
  std::int64_t number(std::string_view name, std::int64_t otherwise) const;
  // None: absent or empty. Throws `NAME is invalid` for what is no time.
  std::optional<Time> time(std::string_view name) const;
};
using CallPointer = std::shared_ptr<Call>;

// What answers a route.
using Endpoint = void (*)(const CallPointer& call);

}  // namespace willrun::server
