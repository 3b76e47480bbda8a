// Tokens as they were read from a store, so that few requests ask it for one.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "server/store.hpp"

namespace willrun::server {

inline Id id_of(const TriggerToken& token) { return token.id; }
inline Id id_of(const JobToken& token) { return token.job_id; }

// None where it ended before `now`.
inline std::optional<TriggerToken> unexpired(std::optional<TriggerToken> token, Time now) {
  const bool expired = token && token->expires_at && *token->expires_at <= now;
  return expired ? std::nullopt : std::move(token);
}

// Two rules say which tokens may be used:
// 1. A change of a token begins a new age. What was read in an older one may be from before the change and is not
//    kept, though it may arrive after it.
// 2. With a lifetime, a token counts that long from the moment before its reading began. Where other processes change
//    tokens, too, this alone bounds how long a revoked one is taken, whether or not anything was heard of the change.
// From half of its lifetime on a token is not there for one caller, who reads it anew, while the others go on with it.
// Threads: any, concurrently.
template <class Token>
class TokenCache {
 public:
  using Clock = std::chrono::steady_clock;

  // `lifetime`: none where all changes are made in this process and each is told by forget().
  explicit TokenCache(std::optional<Clock::duration> lifetime = {}, std::function<Clock::time_point()> now = Clock::now)
      : lifetime_(lifetime), now_(std::move(now)) {}

  // None: it has to be read.
  std::optional<Token> find(std::string_view lookup) {
    const std::string key(lookup);
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end()) return std::nullopt;
    Entry& entry = found->second;
    if (!lifetime_) return entry.token;
    const Clock::duration passed = now_() - entry.begun;
    if (passed >= *lifetime_) return std::nullopt;
    if (passed >= *lifetime_ / 2 && !entry.renewing) {
      entry.renewing = true;
      return std::nullopt;
    }
    return entry.token;
  }

  // What `read_token()` finds in the store under this lookup; it is kept.
  template <class Read>
  std::optional<Token> read(std::string_view lookup, Read read_token) {
    const Reading reading = begin();
    std::optional<Token> found = read_token();
    if (found) {
      keep(*found, reading);
    } else {
      drop(std::string(lookup));
    }
    return found;
  }

  // When a token has changed and before that is acknowledged: one of them, or all.
  void forget(Id id) {
    const std::lock_guard lock(mutex_);
    ++age_;
    std::erase_if(entries_, [&](const auto& entry) { return id_of(entry.second.token) == id; });
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    ++age_;
    entries_.clear();
  }

 private:
  struct Entry {
    Token token;
    Clock::time_point begun;  // its reading
    bool renewing = false;    // somebody was sent to read it anew
  };
  struct Reading {
    std::uint64_t age;
    Clock::time_point begun;
  };

  Reading begin() const {
    const std::lock_guard lock(mutex_);
    return {age_, now_()};
  }
  void keep(const Token& token, const Reading& reading) {
    constexpr std::size_t kMost = 10'000;
    const std::lock_guard lock(mutex_);
    if (reading.age != age_) return;
    if (entries_.size() >= kMost) entries_.clear();
    entries_.insert_or_assign(token.lookup, Entry{token, reading.begun});
  }
  void drop(const std::string& lookup) {
    const std::lock_guard lock(mutex_);
    entries_.erase(lookup);
  }

  const std::optional<Clock::duration> lifetime_;
  const std::function<Clock::time_point()> now_;
  mutable std::mutex mutex_;
  std::uint64_t age_ = 0;
  std::unordered_map<std::string, Entry> entries_;  // by lookup
};

}  // namespace willrun::server
