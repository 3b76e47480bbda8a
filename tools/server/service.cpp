#include "server/service.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "server/expired_tokens.hpp"
#include "server/failures.hpp"
#include "server/fixed_keys.hpp"
#include "server/json_text.hpp"
#include "server/router.hpp"
#include "server/times.hpp"

namespace willrun::server {

namespace {

// What a client gave as the id of its request, if it can stand in a header and a log as it is.
bool is_request_id(std::string_view text) {
  constexpr std::size_t kLongest = 128;
  return !text.empty() && text.size() <= kLongest && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

// Another one in each process, and in it for each request. It need not be hard to guess, but does not show how many
// there were: each number has its own product with an odd one.
std::string new_request_id() {
  constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15;
  const auto random = [] { return std::uint64_t{randombytes_random()} << 32U | randombytes_random(); };
  static const std::uint32_t kOfProcess = randombytes_random();
  static std::atomic<std::uint64_t> last{random()};
  return fmt::format("{:08x}{:016x}", kOfProcess, ++last * kOdd);
}

std::chrono::microseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
}

Time system_time() { return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

// Parts of a path are texts like parameters: no null bytes, and UTF-8.
void check_path(const Call& call) {
  for (const auto& [name, value] : call.path) {
    if (value.find('\0') != std::string::npos || !is_utf8(value))
      throw error_response(400, std::string(name).append(" is invalid"));
  }
}

}  // namespace

Service::Service(Configuration configuration, std::unique_ptr<Store> store, TokenKey key, ServiceOptions options)
    : store_(std::move(store)),
      key_(std::move(key)),
      options_(std::move(options)),
      snapshot_(std::make_shared<const Snapshot>(std::move(configuration))),
      workers_(std::make_unique<Workers>(options_.workers)),
      store_workers_(std::make_unique<Workers>(options_.store_workers)) {
  if (!options_.now) options_.now = system_time;
  read_at_ = now();
  if (options_.cleanup_interval.count() > 0) cleanup_.emplace(options_.cleanup_interval, [this] { return clean_up(); });
}

Service::~Service() {
  cleanup_.reset();
  // What still runs uses the store, whose writer answers calls.
  for (Workers* workers : {store_workers_.get(), workers_.get()}) workers->finish();
  store_.reset();
}

void Service::handle(Request request, Reply reply) {
  const std::string_view given = request.header("X-Request-Id");
  request.id = is_request_id(given) ? std::string(given) : new_request_id();
  const auto call = std::make_shared<Call>(*this, snapshot(), std::move(request), std::move(reply));
  const std::string_view method = call->request.method == "HEAD" ? std::string_view("GET") : call->request.method;
  Match found = match(routes(), method, path_of(call->request.target));
  if (found.route == nullptr) {
    answer(*call, failure(Failure::no_route));
    return;
  }
  call->route = found.route->pattern;
  call->path = std::move(found.path);
  const auto work = [route = found.route](const CallPointer& one) {
    check_path(*one);
    if (route->reads_parameters) {
      one->parameters = read_parameters(one->request, one->configuration().parameters);
      for (const auto& [name, value] : one->path) one->parameters[name] = value;
    }
    route->endpoint(one);
  };
  switch (found.route->work) {
    case Work::quick: return run(call, work);
    case Work::stored: return ask_store(call, work);
    case Work::slow: return later(call, work);
  }
}

void Service::later(CallPointer call, std::function<void(const CallPointer&)> work) {
  workers_->post([this, call = std::move(call), work = std::move(work)] { run(call, work); });
}

void Service::ask_store(CallPointer call, std::function<void(const CallPointer&)> work) {
  store_workers_->post([this, call = std::move(call), work = std::move(work)] { run(call, work); });
}

void Service::run(const CallPointer& call, const std::function<void(const CallPointer&)>& work) {
  try {
    work(call);
  } catch (Response& response) {
    answer(*call, std::move(response));
  } catch (const WrongParameters& wrong) {
    answer(*call, error_response(wrong.status, wrong.error));
  } catch (const StoreFailure& error) {
    note("error", error.what(), call->request.id);
    answer(*call, failure(Failure::store_failed));
  } catch (const std::exception& error) {
    note("error", error.what(), call->request.id);
    answer(*call, failure(Failure::internal));
  }
}

bool Service::reload(const std::function<ConfigurationOutcome()>& read) try {
  const std::lock_guard lock(reload_mutex_);
  ConfigurationOutcome given = read();
  if (!given.failure.empty()) throw std::runtime_error(given.failure);
  const SnapshotPointer before = snapshot();
  const auto differed = keep_fixed_keys(before->configuration, given.configuration);
  const auto next = std::make_shared<const Snapshot>(std::move(given.configuration), before.get());
  snapshot_ = next;
  reloaded_ = true;
  read_at_ = now();
  for (const std::string_view key : differed)
    note("warning", fmt::format("`{}` has changed, which counts from the next start on", key));
  note("info", fmt::format("the configuration was read anew: {} projects, {} users",
                           next->configuration.projects.size(), next->configuration.users.size()));
  return true;
} catch (const std::exception& error) {
  reloaded_ = false;
  note("error", fmt::format("the configuration stays as it was: {}", error.what()));
  return false;
}

// Gives whether there is more to do.
bool Service::clean_up() try {
  const RemovedTokens removed = remove_expired_tokens(*store_, now());
  if (removed.count > 0)
    note("info", fmt::format("removed {} trigger tokens that expired more than {} days ago", removed.count,
                             kExpiredTokenRetention.count()));
  return removed.more;
} catch (const std::exception& error) {
  note("error", error.what());
  return false;
}

void Service::answer(Call& call, Response response) {
  response.headers.push_back({"X-Request-Id", call.request.id});
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  if (find_header(response.headers, "Cache-Control").empty()) response.headers.push_back({"Cache-Control", "no-store"});
  const std::chrono::microseconds took = since(call.started);
  metrics_.answered(call.route, call.request.method, response.status, took);
  log(call, response.status, took);
  call.reply(std::move(response));
}

// Neither query nor body nor headers: they hold tokens and values of variables.
void Service::log(const Call& call, int status, std::chrono::microseconds took) {
  if (!options_.log) return;
  constexpr std::size_t kMostOfPath = 300;
  JsonText line(kMostOfPath);
  line.open_object();
  line.member("time", iso_time(now()));
  line.member("level", status >= 500 ? "error" : "info");
  line.member("request_id", call.request.id);
  line.member("peer", call.request.peer);
  line.member("method", call.request.method);
  line.member("path", path_of(call.request.target).substr(0, kMostOfPath));
  line.member("status", status);
  line.member("microseconds", took.count());
  line.close_object();
  options_.log(line.text());
}

void Service::note(std::string_view level, std::string_view text, std::string_view request_id) {
  if (!options_.log) return;
  options_.log(to_text({{"time", iso_time(now())}, {"level", level}, {"request_id", request_id}, {"message", text}}));
}

std::string Service::metrics_text() const {
  std::map<std::string, double> now;
  for (const auto& [name, gauge] : gauges_) now[name] = gauge();
  now["willrun_config_last_reload_successful"] = reloaded_ ? 1 : 0;
  now["willrun_config_last_reload_success_timestamp_seconds"] =
      std::chrono::duration<double>(read_at_.load().time_since_epoch()).count();
  const Programs::Counts programs = snapshot()->creator.counts();
  now["willrun_programs_kept"] = static_cast<double>(programs.kept);
  now["willrun_programs_hits"] = static_cast<double>(programs.hits);
  now["willrun_programs_misses"] = static_cast<double>(programs.misses);
  return metrics_.text(now);
}

}  // namespace willrun::server
