#include "server/postgres/connection.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace willrun::server::postgres {

namespace {

// Nothing here takes seconds: what does hangs, and is given up so that nobody waits for it. Every statement has one
// good plan, whatever its parameters. Pages go to the disk soon after they were written: left to the kernel many go at
// once, and commits wait behind them.
constexpr const char* kSession =
    "SET statement_timeout = '10s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '10s'; "
    "SET plan_cache_mode = force_generic_plan; SET client_min_messages = warning; "
    "SELECT set_config('backend_flush_after', '256kB', false) WHERE current_setting('backend_flush_after') = '0'";
// Where an administrator chose a stronger or another way to be safe (remote_apply, local), it is kept.
constexpr const char* kOnDisk =
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

// A message of libpq on one line.
std::string one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return text;
}

// What the place does not say itself: waiting for a host that does not answer has an end, also where only it would
// speak.
std::string with_defaults(std::string place) {
  for (const auto& [name, value] : {std::pair{"connect_timeout", "3"},
                                    {"tcp_user_timeout", "5000"},
                                    {"keepalives_idle", "5"},
                                    {"keepalives_interval", "2"},
                                    {"keepalives_count", "3"},
                                    {"application_name", "willrun"}}) {
    if (place.find(fmt::format("{}=", name)) != std::string::npos) continue;
    place += fmt::format("{}{}={}", place.find('?') == std::string::npos ? '?' : '&', name, value);
  }
  return place;
}

}  // namespace

Parameters& Parameters::add(const std::optional<Time>& time) {
  if (time) return add(*time);
  return numbers_.emplace_back(), *this;
}

Parameters& Parameters::add(std::span<const Id> ids) {
  return numbers_.push_back(fmt::format("{{{}}}", fmt::join(ids, ","))), *this;
}

std::optional<Time> Row::optional_time() {
  const pqxx::field field = next();
  if (field.is_null()) return std::nullopt;
  return Time(std::chrono::milliseconds(field.as<std::int64_t>()));
}

class Connection::Receiver : public pqxx::notification_receiver {
 public:
  Receiver(pqxx::connection& connection, const std::string& channel, std::function<void(std::string_view)> hear)
      : pqxx::notification_receiver(connection, channel), hear_(std::move(hear)) {}
  void operator()(const std::string& told, int) override { hear_(told); }

 private:
  std::function<void(std::string_view)> hear_;
};

Connection::Connection(const std::string& place, Commit commit) try : connection_(place) {
  run_script(kSession);
  run_script(commit == Commit::on_disk ? kOnDisk : "SET synchronous_commit = off");
} catch (const std::exception& error) {
  throw Lost(one_line(error.what()));
}

// A receiver that goes says UNLISTEN and waits for the answer, as long as the server likes.
Connection::~Connection() {
  if (receiver_ && connection_.is_open()) shutdown(connection_.sock(), SHUT_RDWR);
}

pqxx::result Connection::run(const std::string& text, const Parameters& parameters) {
  pqxx::result result;
  guarded([&] {
    std::vector<const char*> numbers;
    for (const auto& number : parameters.numbers_) numbers.push_back(number ? number->c_str() : nullptr);
    const auto run_in = [&](pqxx::transaction_base& transaction) {
      return transaction.exec_prepared(prepared(text), pqxx::prepare::make_dynamic_params(numbers),
                                       pqxx::prepare::make_dynamic_params(parameters.texts_));
    };
    if (open_ != nullptr) {
      result = run_in(*open_);
    } else {
      pqxx::nontransaction own(connection_);
      result = run_in(own);
    }
  });
  return result;
}

void Connection::run_script(const std::string& text) {
  guarded([&] {
    if (open_ != nullptr) {
      open_->exec(text);
    } else {
      pqxx::nontransaction(connection_).exec(text);
    }
  });
}

void Connection::listen(const std::string& channel, std::function<void(std::string_view)> hear) {
  guarded([&] { receiver_ = std::make_unique<Receiver>(connection_, channel, std::move(hear)); });
  if (!connection_.is_open()) throw Lost("PostgreSQL: the connection was lost");  // which libpqxx does not say here
}

bool Connection::wait_for_notifications(int stop) {
  std::array<pollfd, 2> waited{{{connection_.sock(), POLLIN, 0}, {stop, POLLIN, 0}}};
  while (poll(waited.data(), waited.size(), -1) < 0) {  // a signal came
  }
  if (waited[1].revents != 0) return false;
  guarded([&] { connection_.get_notifs(); });
  return true;
}

const std::string& Connection::prepared(const std::string& text) {
  const auto [known, is_new] = names_.try_emplace(text, fmt::format("s{}", names_.size()));
  if (is_new) connection_.prepare(known->second, text);
  return known->second;
}

void Connection::rethrow(const std::exception& error) const {
  const std::string text = "PostgreSQL: " + one_line(error.what());
  const auto* answer = dynamic_cast<const pqxx::sql_error*>(&error);
  const std::string_view state = answer == nullptr ? std::string_view() : answer->sqlstate();
  // A server that became a standby is the wrong one; the address may name others.
  constexpr std::string_view kReadOnly = "25006";
  if (!connection_.is_open() || state == kReadOnly || dynamic_cast<const pqxx::in_doubt_error*>(&error) != nullptr)
    throw Lost(text);
  constexpr std::string_view kLockTimeout = "55P03";
  constexpr std::string_view kCancelled = "57014";
  if (state == kLockTimeout || state == kCancelled) throw Late(text);
  throw Refused(text);
}

Connector::Connector(std::string place) : place_(with_defaults(std::move(place))) {}

std::unique_ptr<Connection> Connector::connect(Commit commit) {
  constexpr std::chrono::milliseconds kMoment(500);
  {
    const std::lock_guard lock(mutex_);
    if (std::chrono::steady_clock::now() < away_until_) throw Lost(why_);
  }
  try {
    return std::make_unique<Connection>(place_, commit);
  } catch (const Lost& error) {
    const std::lock_guard lock(mutex_);
    away_until_ = std::chrono::steady_clock::now() + kMoment;
    why_ = fmt::format("the store cannot be reached: {}", error.what());
    throw Lost(why_);
  }
}

}  // namespace willrun::server::postgres
