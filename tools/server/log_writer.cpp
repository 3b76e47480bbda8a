#include "server/log_writer.hpp"

#include <chrono>
#include <utility>

namespace willrun::server {

namespace {

constexpr std::chrono::milliseconds kPause(2);  // between two writes, in which lines gather

}  // namespace

LogWriter::LogWriter(std::ostream& out, std::size_t most) : out_(out), most_(most), thread_([this] { loop(); }) {}

LogWriter::~LogWriter() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void LogWriter::write(std::string_view line) {
  std::unique_lock lock(mutex_);
  taken_.wait(lock, [this] { return waiting_.size() < most_; });
  waiting_.append(line).append(1, '\n');
  // Waking costs as much as a write.
  if (std::exchange(asleep_, false)) wake_.notify_one();
}

void LogWriter::loop() {
  std::string taken;
  std::unique_lock lock(mutex_);
  while (true) {
    asleep_ = waiting_.empty();
    wake_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::swap(taken, waiting_);
    lock.unlock();
    taken_.notify_all();
    out_.clear();  // a line that was lost takes no other with it
    out_ << taken << std::flush;
    taken.clear();
    lock.lock();
    wake_.wait_for(lock, kPause, [this] { return closed_; });
  }
}

}  // namespace willrun::server
