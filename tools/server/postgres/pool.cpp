#include "server/postgres/pool.hpp"

namespace willrun::server::postgres {

Connection& Pool::Lease::connection() {
  if (!connection_) connection_ = pool_.connector_.connect(Commit::soon);
  return *connection_;
}

std::unique_ptr<Connection> Pool::borrow() {
  constexpr std::chrono::seconds kPatience(5);
  std::unique_lock lock(mutex_);
  if (!free_.wait_for(lock, kPatience, [&] { return in_use_ < most_; }))
    throw Refused("PostgreSQL: all connections are in use");
  ++in_use_;
  if (idle_.empty()) return nullptr;
  std::unique_ptr<Connection> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    --in_use_;
    if (connection) idle_.push_back(std::move(connection));
  }
  free_.notify_one();
}

void Pool::drop_idle() {
  std::vector<std::unique_ptr<Connection>> dropped;  // closed outside of the lock
  const std::lock_guard lock(mutex_);
  dropped.swap(idle_);
}

}  // namespace willrun::server::postgres
