// Compiled configurations, kept by what they were made from.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
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
  bool has_includes = false;       // it names files, so what include rules and locations read is part of its key
  bool reads_elsewhere = false;    // files of other projects, components or remote ones: kept for some seconds only
};

// What a program depends on: project, commit and path, the given inputs, and, where the file includes others, what
// include rules and locations may read. Files without `include` share one program between all variables. Least recently
// used ones go. Threads: any, concurrently.
class Programs {
 public:
  Programs(std::size_t most, std::chrono::seconds elsewhere) : most_(most), elsewhere_(elsewhere) {}

  // `place`: project, commit and path of the configuration; `user` counts where files of other projects are read. None:
  // it has to be loaded.
  std::shared_ptr<const Compiled> find(const std::string& place, std::uint64_t user, const Trigger& trigger);
  std::shared_ptr<const Compiled> add(const std::string& place, std::uint64_t user, const Trigger& trigger,
                                      Config config, bool reads_elsewhere);

  struct Counts {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::size_t kept = 0;
  };
  Counts counts() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Entry {
    std::string key;
    std::shared_ptr<const Compiled> compiled;  // none: the key says that files are included, and more counts
    Clock::time_point until;
  };
  std::shared_ptr<const Compiled> look(const std::string& key, bool& includes);
  void keep(std::string key, std::shared_ptr<const Compiled> compiled, Clock::time_point until);

  const std::size_t most_;
  const std::chrono::seconds elsewhere_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // the last used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
  Counts counts_;
};

}  // namespace willrun::server
