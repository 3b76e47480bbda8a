#include "server/postgres/connection.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace willrun::server::postgres {

namespace {

// Nothing here takes seconds: what does hangs, and is given up so that nobody waits for it. Every statement has one
// good plan, whatever its parameters.
constexpr const char* kSession =
    "SET statement_timeout = '10s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '10s'; "
    "SET plan_cache_mode = force_generic_plan; SET client_min_messages = warning";
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

// What the place does not say itself: waiting for a host that does not answer has an end.
std::string with_defaults(std::string place) {
  for (const auto& [name, value] :
       {std::pair{"connect_timeout", "3"}, {"tcp_user_timeout", "5000"}, {"application_name", "willrun"}}) {
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

std::optional<Time> Row::optional_time() {
  const pqxx::field field = next();
  if (field.is_null()) return std::nullopt;
  return Time(std::chrono::milliseconds(field.as<std::int64_t>()));
}

Connection::Connection(const std::string& place, Commit commit) try : connection_(place) {
  run_script(kSession);
  run_script(commit == Commit::on_disk ? kOnDisk : "SET synchronous_commit = off");
} catch (const std::exception& error) {
  throw Lost(one_line(error.what()));
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
