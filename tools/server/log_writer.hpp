// Lines of a log on their way to a stream.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <ostream>
#include <string>
#include <string_view>
#include <thread>

namespace willrun::server {

// A thread of its own writes what came, many lines at a time where many come. Nobody waits for the stream until
// `most` bytes wait for it. The destructor waits until all is written. Threads: any.
class LogWriter {
 public:
  static constexpr std::size_t kMost = std::size_t{4} << 20U;

  explicit LogWriter(std::ostream& out, std::size_t most = kMost);
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  // Takes a line without its end.
  void write(std::string_view line);

 private:
  void loop();

  std::ostream& out_;
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable wake_;   // the thread
  std::condition_variable taken_;  // who waits for space
  std::string waiting_;
  bool asleep_ = false;  // the thread, and nothing waits
  bool closed_ = false;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace willrun::server
