#include "server/fixed_keys.hpp"

namespace willrun::server {

std::vector<std::string_view> keep_fixed_keys(const Configuration& now, Configuration& next) {
  std::vector<std::string_view> differed;
  const auto keep = [&](std::string_view key, const auto& in_force, auto& wanted) {
    if (wanted == in_force) return;
    wanted = in_force;
    if (differed.empty() || differed.back() != key) differed.push_back(key);
  };
  const ListenerOptions& in_force = now.listener;
  ListenerOptions& wanted = next.listener;
  keep("listen", in_force.address, wanted.address);
  keep("listen", in_force.port, wanted.port);
  keep("store", now.store, next.store);
  keep("store_full_sync", now.store_full_sync, next.store_full_sync);
  keep("key_file", now.key_file, next.key_file);
  keep("threads", in_force.threads, wanted.threads);
  keep("limits.header_bytes", in_force.header_bytes, wanted.header_bytes);
  keep("limits.body_bytes", in_force.body_bytes, wanted.body_bytes);
  keep("limits.connections", in_force.connections, wanted.connections);
  keep("limits.request_seconds", in_force.request_time, wanted.request_time);
  keep("limits.idle_seconds", in_force.idle_time, wanted.idle_time);
  return differed;
}

}  // namespace willrun::server
