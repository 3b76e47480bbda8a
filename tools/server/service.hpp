// The whole server behind its sockets: routes, parameters, endpoints, log and metrics. Tests talk to it without any.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/call.hpp"
#include "server/metrics.hpp"
#include "server/periodic.hpp"
#include "server/rate.hpp"
#include "server/snapshot.hpp"
#include "server/store.hpp"
#include "server/tokens.hpp"
#include "server/workers.hpp"

namespace willrun::server {

struct ServiceOptions {
  std::function<Time()> now;                  // none: the system's clock
  std::function<void(std::string_view)> log;  // takes a line, a JSON object, from any thread; none: no log
  unsigned workers = 8;
  unsigned store_workers = 16;                                         // as many as may wait for the store at once
  std::chrono::milliseconds cleanup_interval = std::chrono::hours(1);  // of the store; 0: never
};

// Threads: any, concurrently.
class Service : public Handler {
 public:
  Service(Configuration configuration, std::unique_ptr<Store> store, TokenKey key, ServiceOptions options = {});
  ~Service() override;

  void handle(Request request, Reply reply) override;

  // What is in force now. A call has its own: Call::configuration().
  SnapshotPointer snapshot() const { return snapshot_.load(); }
  // Puts what `read` gives into force for calls that begin from now on, but for keys that count from a start on. A
  // wrong configuration changes nothing. The log says what came of it; gives whether it is in force. Holds up no call.
  bool reload(const std::function<ConfigurationOutcome()>& read);
  Store& store() { return *store_; }
  const TokenKey& key() const { return key_; }
  Metrics& metrics() { return metrics_; }
  RateLimiter& requests_by_token() { return requests_by_token_; }
  RateLimiter& pipelines_by_commit() { return pipelines_by_commit_; }
  Workers& workers() { return *workers_; }
  Time now() const { return options_.now(); }
  // Goes on with a call on a worker; what it throws is the answer.
  void later(CallPointer call, std::function<void(const CallPointer&)> work);
  // The same on a worker of those that may wait for the store: one that does not answer keeps nobody else waiting.
  void ask_store(CallPointer call, std::function<void(const CallPointer&)> work);
  // Does it here and now.
  void run(const CallPointer& call, const std::function<void(const CallPointer&)>& work);
  // The one answer to a call, from any thread.
  void answer(Call& call, Response response);
  // A line of the log beside those of requests.
  void note(std::string_view level, std::string_view text, std::string_view request_id = {});
  // What stands in `/metrics` and is not counted here: open connections.
  void add_gauge(std::string name, std::function<double()> gauge) { gauges_[std::move(name)] = std::move(gauge); }
  std::string metrics_text() const;

 private:
  bool clean_up();
  void log(const Call& call, int status, std::chrono::microseconds took);

  std::unique_ptr<Store> store_;
  TokenKey key_;
  ServiceOptions options_;
  std::atomic<SnapshotPointer> snapshot_;
  std::mutex reload_mutex_;           // reloads are one at a time
  std::atomic<bool> reloaded_{true};  // by the last one
  std::atomic<Time> read_at_;         // the configuration in force
  Metrics metrics_;
  RateLimiter requests_by_token_;
  RateLimiter pipelines_by_commit_;
  std::map<std::string, std::function<double()>> gauges_;
  std::unique_ptr<Workers> workers_;        // what it still runs uses the above
  std::unique_ptr<Workers> store_workers_;  // what it still runs uses the rest
  std::optional<Periodic> cleanup_;         // likewise
};

}  // namespace willrun::server
