// What is done now and then beside the requests.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace willrun::server {

// Does `work` at once and then every `interval`, on a thread of its own; as often as `work` says that there is more,
// it is done again without a pause. `work` does not throw. The destructor waits for the work that is being done.
class Periodic {
 public:
  Periodic(std::chrono::milliseconds interval, std::function<bool()> work)
      : interval_(interval), work_(std::move(work)), thread_([this] { loop(); }) {}
  ~Periodic() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;

 private:
  void loop() {
    while (true) {
      const bool more = work_();
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, more ? std::chrono::milliseconds(0) : interval_, [this] { return stopping_; })) return;
    }
  }

  const std::chrono::milliseconds interval_;
  const std::function<bool()> work_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace willrun::server
