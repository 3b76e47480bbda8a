#include "server/expired_tokens.hpp"

#include <future>
#include <memory>
#include <stdexcept>

namespace willrun::server {

namespace {

// Removals share commits with what requests write. With few at once none of these waits long.
constexpr std::uint32_t kMostAtOnce = 100;

std::future<Stored<Id>> begin_removal(Store& store, const TriggerToken& token) {
  auto promise = std::make_shared<std::promise<Stored<Id>>>();
  store.remove_trigger_token(token.project_id, token.id,
                             [promise](Stored<Id> stored) { promise->set_value(std::move(stored)); });
  return promise->get_future();
}

}  // namespace

RemovedTokens remove_expired_tokens(Store& store, Time now) {
  const std::vector<TriggerToken> expired = store.expired_trigger_tokens(now - kExpiredTokenRetention, kMostAtOnce);
  std::vector<std::future<Stored<Id>>> begun;
  begun.reserve(expired.size());
  for (const TriggerToken& token : expired) begun.push_back(begin_removal(store, token));
  RemovedTokens removed;
  for (std::future<Stored<Id>>& one : begun) {
    const Stored<Id> stored = one.get();
    if (!stored.failure.empty()) throw std::runtime_error(stored.failure);
    if (stored.value) ++removed.count;
  }
  removed.more = expired.size() == kMostAtOnce;
  return removed;
}

}  // namespace willrun::server
