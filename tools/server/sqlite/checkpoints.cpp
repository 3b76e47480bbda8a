#include "server/sqlite/checkpoints.hpp"

#include <exception>

namespace willrun::server::sqlite {

namespace {

// Pages of 4 KiB.
constexpr int kStep = 100;        // moved at a time: a commit that comes meanwhile waits for as much on the disk
constexpr int kLong = 8'000;      // a log that should begin anew
constexpr int kTooLong = 64'000;  // writing waits for the disk

// A checkpoint that fails is tried again after the next commits; these fail on their own if it matters to them.
template <class Work>
bool succeeds(Work work) {
  try {
    work();
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

Checkpoints::Checkpoints(const std::string& file, bool full_sync)
    : connection_(file, full_sync), next_pages_(kStep), finish_pages_(kLong), thread_([this] { loop(); }) {}

Checkpoints::~Checkpoints() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Checkpoints::after_commit(Connection& writer) {
  const int pages = writer.log_pages();
  if (pages < last_pages_) {  // it began anew
    next_pages_ = kStep;
    finish_pages_ = kLong;
  }
  last_pages_ = pages;
  if (pages < next_pages_) return;
  if (pages >= finish_pages_) {
    finish(writer);
    return;
  }
  const std::lock_guard lock(mutex_);
  if (busy_ || failed_) return;
  wanted_ = true;
  next_pages_ = pages + kStep;
  wake_.notify_all();
}

// What the thread left is little.
void Checkpoints::finish(Connection& writer) {
  {
    std::unique_lock lock(mutex_);
    if (last_pages_ >= kTooLong) wake_.wait(lock, [this] { return !wanted_ && !busy_; });
    if (wanted_ || busy_) return;
  }
  succeeds([&] { writer.checkpoint(); });
  // A reader may keep the log from beginning anew.
  finish_pages_ = last_pages_ + kStep;
}

void Checkpoints::loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return wanted_ || closed_; });
    if (closed_) return;
    wanted_ = false;
    busy_ = true;
    lock.unlock();
    succeeds([this] { connection_.checkpoint(); });
    const bool synced =
        succeeds([this] { connection_.sync(); });  // or all of it would be synced while the writer waits
    lock.lock();
    busy_ = false;
    failed_ = failed_ || !synced;
    wake_.notify_all();
  }
}

}  // namespace willrun::server::sqlite
