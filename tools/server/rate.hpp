// How often something happened in the last minute, by key.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "server/store.hpp"

namespace willrun::server {

// Two windows of a minute: the one that runs, and the one before it by the share that is still within a minute. Counts
// of this process only. Threads: any, concurrently.
class RateLimiter {
 public:
  // Counts one more, and says whether that is within `most` a minute; 0 is any number.
  bool admit(const std::string& key, std::uint32_t most, Time now);

 private:
  struct Windows {
    std::uint32_t now = 0;
    std::uint32_t before = 0;
  };
  void turn(std::int64_t minute);

  std::mutex mutex_;
  std::int64_t minute_ = 0;
  std::unordered_map<std::string, Windows> counts_;
};

}  // namespace willrun::server
