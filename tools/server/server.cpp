#include "server/server.hpp"

#include <sys/resource.h>

#include <optional>

#include <fmt/format.h>

#include "server/hangup.hpp"
#include "server/log_writer.hpp"

namespace willrun::server {

namespace {

// The service is made before its address is known, which a port of 0 leaves open.
class Late : public Handler {
 public:
  void handle(Request request, Reply reply) override { service->handle(std::move(request), std::move(reply)); }
  std::unique_ptr<Service> service;
};

// Each connection is a file, and shells often allow 1,024 of them.
void allow_many_files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

std::string url_of(const ListenerOptions& options, std::uint16_t port) {
  const bool is_v6 = options.address.find(':') != std::string::npos;
  return fmt::format("http://{}{}{}:{}", is_v6 ? "[" : "", options.address, is_v6 ? "]" : "", port);
}

}  // namespace

void serve(Configuration configuration, const ServeOptions& options) {
  std::optional<LogWriter> log;
  if (options.log != nullptr) log.emplace(*options.log);
  std::optional<HangupSignal> hangup;  // from the beginning: one that comes early does not end the process
  if (options.reread) hangup.emplace();
  allow_many_files();
  Late handler;
  Listener listener(configuration.listener, handler);
  const std::string url = url_of(configuration.listener, listener.port());
  if (configuration.url.empty()) configuration.url = url;
  TokenKey key = TokenKey::from_file(configuration.key_file);
  auto store = options.open({configuration.store, configuration.store_full_sync});
  ServiceOptions of_service;
  if (log) of_service.log = [&log](std::string_view line) { log->write(line); };
  handler.service = std::make_unique<Service>(std::move(configuration), std::move(store), std::move(key), of_service);
  Service& service = *handler.service;
  service.add_gauge("willrun_connections", [&listener] { return static_cast<double>(listener.connections()); });
  service.note("info", "listening on " + url);
  if (options.started) options.started({service, url});
  if (hangup) {
    const auto read = [&] {
      ConfigurationOutcome given = options.reread();
      if (given.configuration.url.empty()) given.configuration.url = url;
      return given;
    };
    hangup->start([&service, read] { service.reload(read); });
  }
  listener.run();
  hangup.reset();
  service.note("info", "stopped");
  // What its workers still do holds replies, and these go before the listener.
  handler.service.reset();
}

}  // namespace willrun::server
