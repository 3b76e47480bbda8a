// What requests are answered by, until a reload puts another in its place.
#pragma once

#include <memory>
#include <utility>

#include "server/configuration.hpp"
#include "server/creation.hpp"

namespace willrun::server {

// A configuration with what was made from it. Each call keeps the one that it began with, so that nothing it refers to
// goes or changes meanwhile. Threads: any, concurrently.
struct Snapshot {
  // `before`: the one in force until now, from which all that is still right is taken over.
  explicit Snapshot(Configuration given, const Snapshot* before = nullptr)
      : configuration(std::move(given)), creator(configuration, before == nullptr ? nullptr : &before->creator) {}
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  const Configuration configuration;
  const Creator creator;  // refers to the configuration
};
using SnapshotPointer = std::shared_ptr<const Snapshot>;

}  // namespace willrun::server
