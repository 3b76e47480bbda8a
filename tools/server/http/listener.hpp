// Connections: bytes to requests, responses to bytes, within limits. The only place that knows sockets.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "server/http/message.hpp"

namespace willrun::server {

struct ListenerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8'080;  // 0: any free one
  unsigned threads = 0;        // 0: one a processor
  std::uint32_t header_bytes = 16U << 10U;
  std::uint64_t body_bytes = 1U << 20U;
  std::chrono::milliseconds request_time{30'000};  // from its first byte to its last
  std::chrono::milliseconds idle_time{75'000};     // between requests of one connection
  std::size_t connections = 20'000;                // more are closed at once
};

// Each connection belongs to one thread; an answer may come from any. Threads: run() blocks; stop() from anywhere,
// signal handlers excluded.
class Listener {
 public:
  // Binds; throws std::runtime_error with a text for people when it cannot.
  Listener(ListenerOptions options, Handler& handler);
  ~Listener();

  std::uint16_t port() const;
  std::size_t connections() const;  // open now
  // Serves until stop(), or until SIGTERM or SIGINT. Then it accepts nothing more, and returns when what was begun is
  // answered, or after `grace`.
  void run(std::chrono::seconds grace = std::chrono::seconds(10));
  void stop();

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace willrun::server
