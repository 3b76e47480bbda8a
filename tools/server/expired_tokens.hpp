// Trigger tokens that ended long ago go for good, as those of GitLab do (Ci::DeleteExpiredTriggerTokenWorker).
#pragma once

#include <chrono>
#include <cstdint>

#include "server/store.hpp"

namespace willrun::server {

// How long a token is kept behind its expiry.
inline constexpr std::chrono::days kExpiredTokenRetention{30};

struct RemovedTokens {
  std::uint64_t count = 0;
  bool more = false;  // there may be more of them
};

// Removes up to a hundred tokens that expired more than kExpiredTokenRetention before `now`, and waits for that. What
// another server removes meanwhile is not counted. Throws std::runtime_error when the store fails. Threads: any.
RemovedTokens remove_expired_tokens(Store& store, Time now);

}  // namespace willrun::server
