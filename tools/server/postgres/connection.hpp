// A connection to PostgreSQL with its prepared statements.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <pqxx/pqxx>

#include "server/store.hpp"

namespace willrun::server::postgres {

// There is no connection any more, or none could be made. What was asked last may have been done.
class Lost : public StoreFailure {
 public:
  using StoreFailure::StoreFailure;
};

// PostgreSQL answered, and it is no.
class Refused : public StoreFailure {
 public:
  using StoreFailure::StoreFailure;
};

// It took too long, most likely because others hold locks.
class Late : public Refused {
 public:
  using Refused::Refused;
};

// Parameters of one statement, numbers before texts: $1 is the first number. Texts are bytes.
class Parameters {
 public:
  Parameters& add(std::int64_t number) { return numbers_.push_back(std::to_string(number)), *this; }
  Parameters& add(Id id) { return add(static_cast<std::int64_t>(id)); }
  Parameters& add(Time time) { return add(static_cast<std::int64_t>(time.time_since_epoch().count())); }
  Parameters& add(const std::optional<Time>& time);
  Parameters& add(std::span<const Id> ids);  // of type bigint[], a number among the others
  Parameters& add(std::string_view text) { return texts_.emplace_back(text.data(), text.size()), *this; }

  template <class... Values>
  static Parameters of(const Values&... values) {
    Parameters parameters;
    (parameters.add(values), ...);
    return parameters;
  }

 private:
  friend class Connection;
  std::vector<std::optional<std::string>> numbers_;
  std::vector<pqxx::binarystring> texts_;
};

// A row, read from left to right.
class Row {
 public:
  explicit Row(pqxx::row row) : row_(std::move(row)) {}

  std::int64_t number() { return next().as<std::int64_t>(); }
  Id id() { return static_cast<Id>(number()); }
  Time time() { return Time(std::chrono::milliseconds(number())); }
  std::optional<Time> optional_time();
  std::string text() { return pqxx::binarystring(next()).str(); }

 private:
  pqxx::field next() { return row_[column_++]; }

  pqxx::row row_;
  pqxx::row::size_type column_ = 0;
};

enum class Commit : std::uint8_t {
  on_disk,  // returns when the transaction is on disk
  soon,     // it may be lost in a crash, together with all that came after it
};

// Threads: one at a time. Every call throws Lost where the connection is of no use any more, and Refused where the
// statement failed.
class Connection {
 public:
  Connection(const std::string& place, Commit commit);
  ~Connection();

  // One statement, prepared when it is first used. A transaction of its own outside of transaction().
  pqxx::result run(const std::string& text, const Parameters& parameters = {});
  // Statements without parameters, separated by semicolons.
  void run_script(const std::string& text);
  // Runs what `work` does in one transaction.
  template <class Work>
  void transaction(Work work) {
    guarded([&] {
      pqxx::work open(connection_);
      open_ = &open;
      const Closing closing{*this};
      work();
      open.commit();
    });
  }

  // From now on wait_for_notifications() calls `hear` with what is told on this channel.
  void listen(const std::string& channel, std::function<void(std::string_view)> hear);
  // Returns when something came: true; or when the file `stop` can be read: false.
  bool wait_for_notifications(int stop);

 private:
  class Receiver;
  struct Closing {
    Connection& connection;
    ~Closing() { connection.open_ = nullptr; }
  };

  template <class Work>
  void guarded(Work work) {
    try {
      work();
    } catch (const Lost&) {
      throw;
    } catch (const Refused&) {
      throw;
    } catch (const std::exception& error) {
      rethrow(error);
    }
  }
  [[noreturn]] void rethrow(const std::exception& error) const;
  const std::string& prepared(const std::string& text);

  pqxx::connection connection_;
  pqxx::transaction_base* open_ = nullptr;
  std::unordered_map<std::string, std::string> names_;  // of statements, by their text
  std::unique_ptr<Receiver> receiver_;
};

// Makes connections. After one that failed all fail for a moment, so that nobody waits for a database that is away.
// Threads: any.
class Connector {
 public:
  explicit Connector(std::string place);
  std::unique_ptr<Connection> connect(Commit commit);

 private:
  std::string place_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point away_until_{};
  std::string why_;
};

}  // namespace willrun::server::postgres
