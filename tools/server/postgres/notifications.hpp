// What other servers on the same database tell of their changes: LISTEN on a connection of its own.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "server/postgres/connection.hpp"

namespace willrun::server::postgres {

// Something that poll() can wait for beside a socket, and that stays readable once it was raised. Threads: any.
class Flag {
 public:
  Flag();  // throws Lost where the process is out of files
  ~Flag();
  Flag(const Flag&) = delete;
  Flag& operator=(const Flag&) = delete;

  void raise();
  int file() const { return file_; }
  // Whether it is raised, or was within this time.
  bool wait(std::chrono::milliseconds time) const;

 private:
  int file_;
};

// Hears what is told by pg_notify() on a channel, and nothing while its connection is away: then it makes a new one.
// So this is news, not a promise, and nothing may rely on it alone.
class Notifications {
 public:
  // Called by a thread of its own. Empty: what was told until now may have been missed.
  using Hear = std::function<void(std::string_view told)>;

  Notifications(Connector& connector, std::string channel, Hear hear);
  ~Notifications();
  Notifications(const Notifications&) = delete;
  Notifications& operator=(const Notifications&) = delete;

 private:
  void loop();
  void listen();

  Connector& connector_;
  const std::string channel_;
  const Hear hear_;
  Flag stop_;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace willrun::server::postgres
