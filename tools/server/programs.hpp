// Compiled configurations, kept by what they were made from.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include <willrun/config.hpp>
#include <willrun/decision.hpp>
#include <willrun/trigger.hpp>

namespace willrun::server {

// A configuration as one trigger meets it. Immutable.
struct Compiled {
  Config config;
  std::optional<Program> program;  // none: it is not valid
};

// What a program depends on: `place` (project, commit and path of the configuration, and the given inputs) and, where
// the file includes others, the user and every variable that include rules and locations may read. Files without
// `include` share one program. What was used longest ago goes first. Threads: any, concurrently.
class Programs {
 public:
  // `elsewhere`: how long what was read from other projects or the web counts.
  Programs(std::size_t most, std::chrono::seconds elsewhere) : most_(most), elsewhere_(elsewhere) {}

  // None: it has to be loaded.
  std::shared_ptr<const Compiled> find(const std::string& place, const Trigger& trigger);
  std::shared_ptr<const Compiled> add(const std::string& place, const Trigger& trigger, Config config,
                                      bool read_elsewhere);

  struct Counts {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::size_t kept = 0;
  };
  Counts counts() const;

 private:
  using Clock = std::chrono::steady_clock;
  // Stands under `place`. With `compiled` it is the answer; without, files are included and the answer has a longer
  // key.
  struct Entry {
    std::string key;
    std::shared_ptr<const Compiled> compiled;
    bool names_payload = false;  // TRIGGER_PAYLOAD, which differs from call to call, is part of the longer key
    Clock::time_point until;
  };
  const Entry* look(const std::string& key);
  void keep(Entry entry);

  const std::size_t most_;
  const std::chrono::seconds elsewhere_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // the last used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
  Counts counts_;
};

}  // namespace willrun::server
