#include "server/rate.hpp"

namespace willrun::server {

namespace {

constexpr std::int64_t kMinute = 60'000;  // milliseconds

}  // namespace

void RateLimiter::turn(std::int64_t minute) {
  if (minute == minute_) return;
  const bool next = minute == minute_ + 1;
  for (auto at = counts_.begin(); at != counts_.end();) {
    at->second = {0, next ? at->second.now : 0};
    at = at->second.before == 0 ? counts_.erase(at) : std::next(at);
  }
  minute_ = minute;
}

bool RateLimiter::admit(const std::string& key, std::uint32_t most, Time now) {
  if (most == 0) return true;
  const std::int64_t milliseconds = now.time_since_epoch().count();
  const std::lock_guard lock(mutex_);
  turn(milliseconds / kMinute);
  Windows& windows = counts_[key];
  const std::int64_t left = kMinute - milliseconds % kMinute;
  const std::int64_t earlier = windows.before * left / kMinute;
  if (windows.now + earlier >= most) return false;
  ++windows.now;
  return true;
}

}  // namespace willrun::server
