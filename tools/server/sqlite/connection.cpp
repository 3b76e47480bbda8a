#include "server/sqlite/connection.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace willrun::server::sqlite {

namespace {

[[noreturn]] void fail(sqlite3* database) { throw StoreFailure(fmt::format("SQLite: {}", sqlite3_errmsg(database))); }

}  // namespace

Statement::~Statement() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  column_ = 0;
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail(database_);
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

std::optional<Time> Statement::optional_time() {
  if (!is_null()) return time();
  skip();
  return std::nullopt;
}

std::string Statement::text() {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column_));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_++));
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

void Statement::bind_one(const std::optional<Time>& time) {
  if (time) {
    bind_one(*time);
  } else {
    check(sqlite3_bind_null(statement_, ++bound_));
  }
}

void Statement::bind_one(const std::string& text) {
  check(sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind_one(Blob blob) {
  check(sqlite3_bind_blob64(statement_, ++bound_, blob.bytes.data(), blob.bytes.size(), SQLITE_STATIC));
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) fail(database_);
}

Connection::Connection(const std::string& file, bool full_sync) {
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  constexpr int kPatience = 10'000;  // milliseconds
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &opened, kFlags, nullptr);
  database_.reset(opened);
  if (code != SQLITE_OK)
    throw StoreFailure(fmt::format("the store {} cannot be opened: {}", file, sqlite3_errmsg(opened)));
  sqlite3_busy_timeout(opened, kPatience);
  run("PRAGMA journal_mode = WAL");
  run(full_sync ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  // In place of SQLite's own hook, which makes a checkpoint inside a commit.
  const auto note_pages = [](void* pages, sqlite3*, const char*, int in_log) {
    *static_cast<int*>(pages) = in_log;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(opened, note_pages, &log_pages_);
}

Connection::~Connection() {
  for (auto& [text, statement] : statements_) sqlite3_finalize(statement);
}

void Connection::run(const char* text) {
  char* message = nullptr;
  if (sqlite3_exec(database_.get(), text, nullptr, nullptr, &message) == SQLITE_OK) return;
  const std::string why = message == nullptr ? "unknown error" : message;
  sqlite3_free(message);
  throw StoreFailure("SQLite: " + why);
}

Statement Connection::statement(const std::string& text) {
  sqlite3_stmt*& known = statements_[text];
  if (known == nullptr && sqlite3_prepare_v3(database_.get(), text.data(), static_cast<int>(text.size()),
                                             SQLITE_PREPARE_PERSISTENT, &known, nullptr) != SQLITE_OK)
    fail(database_.get());
  return {database_.get(), known};
}

std::int64_t Connection::number(const std::string& text) {
  Statement asked = statement(text);
  return asked.step() ? asked.number() : 0;
}

Connection::Log Connection::checkpoint() {
  Log log;
  const int code =
      sqlite3_wal_checkpoint_v2(database_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &log.pages, &log.moved);
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return {};
  if (code != SQLITE_OK) fail(database_.get());
  return log;
}

void Connection::sync() {
  sqlite3_file* file = nullptr;
  if (sqlite3_file_control(database_.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK)
    fail(database_.get());
  if (file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY) != SQLITE_OK)
    throw StoreFailure("SQLite: the file cannot be synced");
}

}  // namespace willrun::server::sqlite
