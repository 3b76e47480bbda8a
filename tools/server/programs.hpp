// Compiled configurations, kept by what they were made from.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <willrun/config.hpp>
#include <willrun/decision.hpp>
#include <willrun/trigger.hpp>

namespace willrun::server {

// What became of a trigger, and the texts that are made of it. Immutable.
struct Decided {
  Decision decision;
  std::string error;    // GitLab's text; empty: the pipeline is made
  bool stored = false;  // GitLab keeps the failed pipeline
  std::string jobs;     // entities.hpp: stored_jobs()

  // entities.hpp: verdict_text(), made when it is asked for first.
  const std::string& verdict() const;

 private:
  mutable std::once_flag verdict_made_;
  mutable std::string verdict_;
};

// What triggers that say the same to one configuration became. It is kept from the second time on, since most that
// differ once always do; more than some are forgotten. Threads: any.
class Decisions {
 public:
  std::shared_ptr<const Decided> find(const std::string& key) const;
  void add(const std::string& key, const std::shared_ptr<const Decided>& decided);

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const Decided>> by_key_;
  std::unordered_set<std::size_t> seen_;  // hashes of keys that came once
};

// A configuration as one trigger meets it. Immutable, but for what it remembers.
struct Compiled {
  Config config;
  std::optional<Program> program;  // none: it is not valid
  bool names_own = false;          // TRIGGER_PAYLOAD or CI_PIPELINE_IID, which no two calls have in common
  mutable Decisions decisions = {};
};

// Whether a text may name a variable that no two calls have in common.
bool names_own_variables(std::string_view text);

// What a program depends on: `place` (project, commit and path of the configuration, and the given inputs) and, where
// the file includes others, their `surroundings` (what is found elsewhere by whom), the user and every variable that
// include rules and locations may read. Files without `include` share one program. What was used longest ago goes
// first. Threads: any, concurrently.
class Programs {
 public:
  // `elsewhere`: how long what was read from other projects or the web counts.
  Programs(std::size_t most, std::chrono::seconds elsewhere) : most_(most), elsewhere_(elsewhere) {}

  // What all triggers of a place share; none: it has to be loaded, or its includes depend on the trigger.
  std::shared_ptr<const Compiled> find_shared(const std::string& place);
  // None: it has to be loaded.
  std::shared_ptr<const Compiled> find(const std::string& place, std::uint64_t surroundings, const Trigger& trigger);
  std::shared_ptr<const Compiled> add(const std::string& place, std::uint64_t surroundings, const Trigger& trigger,
                                      Config config, bool read_elsewhere);

  // What was found was used, however often it was looked for.
  void count_hit() { ++hits_; }

  struct Counts {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;  // what was loaded for want of a hit
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
  std::uint64_t misses_ = 0;
  std::atomic<std::uint64_t> hits_ = 0;
};

}  // namespace willrun::server
