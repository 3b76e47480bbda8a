// A connection to an SQLite file with its prepared statements.
#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/store.hpp"

namespace willrun::server::sqlite {

struct Blob {
  std::string_view bytes;
};

// A statement while it is in use: bound from left to right, read from left to right. Failures throw
// StoreFailure.
class Statement {
 public:
  Statement(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  template <class... Values>
  Statement& bind(const Values&... values) {
    (bind_one(values), ...);
    return *this;
  }

  // The next row; false: there is none.
  bool step();
  void run();

  bool is_null() const { return sqlite3_column_type(statement_, column_) == SQLITE_NULL; }
  void skip() { ++column_; }
  std::int64_t number() { return sqlite3_column_int64(statement_, column_++); }
  Id id() { return static_cast<Id>(number()); }
  Time time() { return Time(std::chrono::milliseconds(number())); }
  std::optional<Time> optional_time();
  std::string text();

 private:
  void bind_one(std::int64_t number) { check(sqlite3_bind_int64(statement_, ++bound_, number)); }
  void bind_one(Id id) { bind_one(static_cast<std::int64_t>(id)); }
  void bind_one(std::uint32_t number) { bind_one(std::int64_t{number}); }
  void bind_one(Time time) { bind_one(static_cast<std::int64_t>(time.time_since_epoch().count())); }
  void bind_one(const std::optional<Time>& time);
  // Texts live until the statement is done.
  void bind_one(const std::string& text);
  void bind_one(Blob blob);
  void check(int code) const;

  sqlite3* database_;
  sqlite3_stmt* statement_;
  int bound_ = 0;
  int column_ = 0;
};

// Threads: one at a time. Failures throw std::runtime_error.
class Connection {
 public:
  // Pages that are in the log (WAL), and those of them that are in the file already.
  struct Log {
    int pages = 0;
    int moved = 0;
  };

  // Opens the file or makes it. `full_sync`: commits are on disk when they return.
  Connection(const std::string& file, bool full_sync);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Statements without results.
  void run(const char* text);
  Statement statement(const std::string& text);
  std::int64_t number(const std::string& text);
  Id last_id() const { return static_cast<Id>(sqlite3_last_insert_rowid(database_.get())); }
  int changes() const { return sqlite3_changes(database_.get()); }

  // Pages in the log after the last commit of this connection.
  int log_pages() const { return log_pages_; }
  // Moves what is in the log to the file, as far as nobody reads older pages. Writers go on meanwhile. Nothing is moved
  // while another connection is at it.
  Log checkpoint();
  // Waits until what was moved is on disk.
  void sync();

 private:
  // Closed too where the constructor fails half way.
  std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)> database_{nullptr, &sqlite3_close_v2};
  std::unordered_map<std::string, sqlite3_stmt*> statements_;
  int log_pages_ = 0;
};

template <class T, class Read>
std::optional<T> first(Statement& asked, Read read) {
  return asked.step() ? std::optional<T>(read(asked)) : std::nullopt;
}

template <class T, class Read>
std::vector<T> all(Statement& asked, Read read) {
  std::vector<T> rows;
  while (asked.step()) rows.push_back(read(asked));
  return rows;
}

}  // namespace willrun::server::sqlite
