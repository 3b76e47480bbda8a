// A Store in one SQLite file: a thread that writes, connections that read meanwhile (WAL).
#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

#include <fmt/format.h>

#include "server/rows.hpp"
#include "server/sqlite/connection.hpp"
#include "server/sqlite/writer.hpp"
#include "server/store.hpp"
#include "server/token_cache.hpp"

namespace willrun::server {

namespace {

using sqlite::all;
using sqlite::Blob;
using sqlite::Connection;
using sqlite::first;
using sqlite::Statement;
using sqlite::Writer;

// The steps from each version of the schema, which is user_version, to the next. Times are milliseconds since 1970.
// AUTOINCREMENT: the number of what was removed is never given again.
constexpr std::array<const char*, 2> kSteps = {R"(
  CREATE TABLE trigger_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL, owner_id INTEGER NOT NULL,
    description TEXT NOT NULL, lookup BLOB NOT NULL UNIQUE, sealed BLOB NOT NULL, short_token TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, last_used INTEGER, expires_at INTEGER);
  CREATE INDEX trigger_tokens_of_project ON trigger_tokens (project_id, id);
  CREATE TABLE pipelines (
    id INTEGER PRIMARY KEY AUTOINCREMENT, iid INTEGER NOT NULL, project_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
    trigger_id INTEGER NOT NULL, short_token TEXT NOT NULL, upstream_job_id INTEGER NOT NULL, source TEXT NOT NULL,
    ref TEXT NOT NULL, tag INTEGER NOT NULL, sha TEXT NOT NULL, status TEXT NOT NULL, failure_reason TEXT NOT NULL,
    errors TEXT NOT NULL, name TEXT NOT NULL, created_at INTEGER NOT NULL, first_job_id INTEGER NOT NULL,
    job_count INTEGER NOT NULL, jobs TEXT NOT NULL, variables TEXT NOT NULL);
  CREATE UNIQUE INDEX pipelines_of_project ON pipelines (project_id, iid);
  CREATE INDEX pipelines_by_job ON pipelines (first_job_id) WHERE job_count > 0;
  CREATE TABLE job_tokens (
    job_id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL, pipeline_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
    lookup BLOB NOT NULL UNIQUE, state INTEGER NOT NULL);
  CREATE INDEX job_tokens_of_pipeline ON job_tokens (pipeline_id);
)",
                                               kListIndices};
constexpr auto kVersion = static_cast<std::int64_t>(kSteps.size());

constexpr std::string_view kTokenColumns =
    "id, project_id, owner_id, description, lookup, sealed, short_token, created_at, updated_at, last_used, expires_at";
constexpr std::string_view kUnexpired = "(expires_at IS NULL OR expires_at > ?)";

class SqliteStore : public Store {
 public:
  explicit SqliteStore(StoreOptions options)
      : options_(std::move(options)), writer_(options_.place, options_.full_sync) {
    Connection& connection = writer_.connection();
    bring_up_to_date(connection);
    next_job_id_ = static_cast<Id>(connection.number("SELECT max(first_job_id + job_count) FROM pipelines"));
    next_job_id_ = std::max<Id>(next_job_id_, 1);
    Statement asked = connection.statement("SELECT project_id, max(iid) FROM pipelines GROUP BY project_id");
    while (asked.step()) {
      const Id project = asked.id();
      iids_[project] = asked.id();
    }
    writer_.start();
  }

  std::optional<TriggerToken> find_trigger_token(std::string_view lookup, Time now) override {
    auto found = trigger_tokens_.read(lookup, [&] {
      return read([&](Connection& connection) {
        static const std::string kText = fmt::format("SELECT {} FROM trigger_tokens WHERE lookup = ?", kTokenColumns);
        Statement asked = connection.statement(kText);
        return first<TriggerToken>(asked.bind(Blob{lookup}), read_token<Statement>);
      });
    });
    return unexpired(std::move(found), now);
  }
  std::optional<TriggerToken> known_trigger_token(std::string_view lookup, Time now) override {
    return unexpired(trigger_tokens_.find(lookup), now);
  }

  std::optional<TriggerToken> trigger_token(Id project_id, Id id, Time now) override {
    return read([&](Connection& connection) { return find_token(connection, project_id, id, now); });
  }

  Page<TriggerToken> trigger_tokens(Id project_id, Time now, std::uint32_t page, std::uint32_t per_page) override {
    return read([&](Connection& connection) {
      static const std::string kWhere = fmt::format("FROM trigger_tokens WHERE project_id = ? AND {}", kUnexpired);
      static const std::string kCount = "SELECT count(*) " + kWhere;
      static const std::string kText = fmt::format("SELECT {} {} ORDER BY id LIMIT ? OFFSET ?", kTokenColumns, kWhere);
      Statement counted = connection.statement(kCount);
      counted.bind(project_id, now).step();
      Page<TriggerToken> found;
      found.total = counted.id();
      Statement asked = connection.statement(kText);
      asked.bind(project_id, now, per_page + 1, std::int64_t{page - 1} * per_page);
      found.items = all<TriggerToken>(asked, read_token<Statement>);
      cut_to(found, per_page);
      return found;
    });
  }

  void add_trigger_token(TriggerToken token, Done<TriggerToken> done) override {
    write<TriggerToken>(
        std::move(done), [token = std::move(token)](Connection& connection) -> std::optional<TriggerToken> {
          TriggerToken made = token;
          connection
              .statement(
                  "INSERT INTO trigger_tokens (project_id, owner_id, description, lookup, sealed, short_token, "
                  "created_at, "
                  "updated_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
              .bind(made.project_id, made.owner_id, made.description, Blob{made.lookup}, Blob{made.sealed},
                    made.short_token, made.created_at, made.updated_at, made.expires_at)
              .run();
          made.id = connection.last_id();
          return made;
        });
  }

  void describe_trigger_token(Id project_id, Id id, std::string description, Time now,
                              Done<TriggerToken> done) override {
    write_token<TriggerToken>(trigger_tokens_, id, std::move(done), [=](Connection& connection) {
      connection.statement("UPDATE trigger_tokens SET description = ?, updated_at = ? WHERE project_id = ? AND id = ?")
          .bind(description, now, project_id, id)
          .run();
      return find_token(connection, project_id, id, now);
    });
  }

  void remove_trigger_token(Id project_id, Id id, Done<Id> done) override {
    write_token<Id>(trigger_tokens_, id, std::move(done), [=](Connection& connection) {
      connection.statement("DELETE FROM trigger_tokens WHERE project_id = ? AND id = ?").bind(project_id, id).run();
      return connection.changes() > 0 ? std::optional(id) : std::nullopt;
    });
  }

  std::vector<TriggerToken> expired_trigger_tokens(Time before, std::uint32_t most) override {
    return read([&](Connection& connection) {
      static const std::string kText =
          fmt::format("SELECT {} FROM trigger_tokens WHERE expires_at < ? ORDER BY id LIMIT ?", kTokenColumns);
      Statement asked = connection.statement(kText);
      return all<TriggerToken>(asked.bind(before, most), read_token<Statement>);
    });
  }

  // This process is the only one that writes to the file, so a counter of its own does.
  Id next_iid(Id project_id, bool take) override {
    const std::lock_guard lock(mutex_);
    Id& last = iids_[project_id];
    return take ? ++last : last + 1;
  }

  void add_pipeline(Pipeline pipeline, Done<Pipeline> done) override {
    if (pipeline.iid == 0) pipeline.iid = next_iid(pipeline.project_id, true);
    // Shared, since a batch that fails runs once more; what is done after the commit is done once.
    auto given = std::make_shared<Pipeline>(std::move(pipeline));
    auto fail = [done](const std::string& failure) { done({std::nullopt, failure}); };
    writer_.write(
        [this, given, done = std::move(done)](Connection& connection) -> Writer::After {
          insert(connection, *given);
          return [given, done](const std::string&) { done({std::move(*given), {}}); };
        },
        std::move(fail));
  }

  std::optional<Pipeline> pipeline(Id project_id, Id id) override {
    return read([&](Connection& connection) {
      static const std::string kText =
          fmt::format("SELECT {}, jobs, variables FROM pipelines WHERE id = ? AND project_id = ?", kPipelineColumns);
      Statement asked = connection.statement(kText);
      return first<Pipeline>(asked.bind(id, project_id), read_whole_pipeline<Statement>);
    });
  }

  Page<Pipeline> pipelines(Id project_id, const PipelineQuery& query) override {
    return read([&](Connection& connection) {
      const std::string matching = pipelines_matching(query, "?", "''");
      const auto bind = [&](Statement& statement) {
        take_parameters(project_id, query, [&](const auto&... values) { statement.bind(values...); });
      };
      Page<Pipeline> found;
      Statement counted = connection.statement(fmt::format("SELECT count(*) FROM (SELECT 1 {} LIMIT ?10)", matching));
      bind(counted);
      counted.step();
      found.total = counted.id();
      Statement asked = connection.statement(
          fmt::format("SELECT {} {} ORDER BY {} LIMIT ?8 OFFSET ?9", kPipelineColumns, matching, order_of(query)));
      bind(asked);
      found.items = all<Pipeline>(asked, read_pipeline<Statement>);
      cut_to(found, query.per_page);
      return found;
    });
  }

  std::optional<Pipeline> pipeline_of_job(Id project_id, Id job_id) override {
    return read([&](Connection& connection) -> std::optional<Pipeline> {
      static const std::string kText = fmt::format(
          "SELECT {}, jobs, variables FROM pipelines WHERE first_job_id <= ? AND job_count > 0 "
          "ORDER BY first_job_id DESC LIMIT 1",
          kPipelineColumns);
      Statement asked = connection.statement(kText);
      auto found = first<Pipeline>(asked.bind(job_id), read_whole_pipeline<Statement>);
      const bool holds = found && found->project_id == project_id && job_id < found->first_job_id + found->job_count;
      return holds ? std::move(found) : std::nullopt;
    });
  }

  void start_job(JobToken token, Done<JobToken> done) override {
    const Id job_id = token.job_id;
    write_token<JobToken>(job_tokens_, job_id, std::move(done), [token = std::move(token)](Connection& connection) {
      static const std::string kText =
          fmt::format("INSERT OR REPLACE INTO job_tokens ({}) VALUES (?, ?, ?, ?, ?, ?)", kJobTokenColumns);
      connection.statement(kText)
          .bind(token.job_id, token.project_id, token.pipeline_id, token.user_id, Blob{token.lookup},
                static_cast<std::int64_t>(token.state))
          .run();
      return std::optional(token);
    });
  }

  void end_job(Id project_id, Id job_id, JobState state, Done<JobToken> done) override {
    write_token<JobToken>(job_tokens_, job_id, std::move(done), [=](Connection& connection) {
      static const std::string kText =
          fmt::format("SELECT {} FROM job_tokens WHERE job_id = ? AND project_id = ?", kJobTokenColumns);
      connection.statement("UPDATE job_tokens SET state = ? WHERE job_id = ? AND project_id = ?")
          .bind(static_cast<std::int64_t>(state), job_id, project_id)
          .run();
      Statement asked = connection.statement(kText);
      return first<JobToken>(asked.bind(job_id, project_id), read_job_token<Statement>);
    });
  }

  std::optional<JobToken> find_job_token(std::string_view lookup) override {
    return job_tokens_.read(lookup, [&] {
      return read([&](Connection& connection) {
        static const std::string kText = fmt::format("SELECT {} FROM job_tokens WHERE lookup = ?", kJobTokenColumns);
        Statement asked = connection.statement(kText);
        return first<JobToken>(asked.bind(Blob{lookup}), read_job_token<Statement>);
      });
    });
  }
  std::optional<JobToken> known_job_token(std::string_view lookup) override { return job_tokens_.find(lookup); }

  std::vector<JobToken> job_tokens(Id pipeline_id) override {
    return read([&](Connection& connection) {
      static const std::string kText = fmt::format("SELECT {} FROM job_tokens WHERE pipeline_id = ?", kJobTokenColumns);
      Statement asked = connection.statement(kText);
      asked.bind(pipeline_id);
      return all<JobToken>(asked, read_job_token<Statement>);
    });
  }

  bool ready() override {
    try {
      return read([](Connection& connection) { return connection.number("PRAGMA user_version") == kVersion; });
    } catch (const std::exception&) {
      return false;
    }
  }

 private:
  void bring_up_to_date(Connection& connection) const {
    const auto version = [&] { return connection.number("PRAGMA user_version"); };
    if (version() > kVersion)
      throw std::runtime_error(fmt::format("the store {} was written by a newer willrun", options_.place));
    if (version() == kVersion) return;
    connection.run("BEGIN IMMEDIATE");
    for (auto step = static_cast<std::size_t>(version()); step < kSteps.size(); ++step) connection.run(kSteps[step]);
    connection.run(fmt::format("PRAGMA user_version = {}", kVersion).c_str());
    connection.run("COMMIT");
    connection.checkpoint();  // or the first who write would wait for what an index of much has put into the log
  }

  static std::optional<TriggerToken> find_token(Connection& connection, Id project_id, Id id, Time now) {
    static const std::string kText =
        fmt::format("SELECT {} FROM trigger_tokens WHERE project_id = ? AND id = ? AND {}", kTokenColumns, kUnexpired);
    Statement asked = connection.statement(kText);
    return first<TriggerToken>(asked.bind(project_id, id, now), read_token<Statement>);
  }

  // The writer's thread only.
  void insert(Connection& connection, Pipeline& pipeline) {
    pipeline.first_job_id = next_job_id_;
    connection
        .statement(
            "INSERT INTO pipelines (iid, project_id, user_id, trigger_id, short_token, upstream_job_id, source, ref, "
            "tag, "
            "sha, status, failure_reason, errors, name, created_at, first_job_id, job_count, jobs, variables) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(pipeline.iid, pipeline.project_id, pipeline.user_id, pipeline.trigger_id, pipeline.short_token,
              pipeline.upstream_job_id, pipeline.source, pipeline.ref, std::int64_t{pipeline.tag}, pipeline.sha,
              pipeline.status, pipeline.failure_reason, pipeline.errors, pipeline.name, pipeline.created_at,
              pipeline.first_job_id, pipeline.job_count, pipeline.jobs, pipeline.variables)
        .run();
    pipeline.id = connection.last_id();
    next_job_id_ += pipeline.job_count;
    if (pipeline.trigger_id == 0) return;
    connection.statement("UPDATE trigger_tokens SET last_used = ? WHERE id = ?")
        .bind(pipeline.created_at, pipeline.trigger_id)
        .run();
  }

  // Runs a read on a connection that nobody else uses meanwhile.
  template <class Read>
  std::invoke_result_t<Read, Connection&> read(Read read_from) {
    std::unique_ptr<Connection> connection = borrow();
    auto found = read_from(*connection);  // a connection that failed is not given back
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
    return found;
  }

  std::unique_ptr<Connection> borrow() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<Connection> connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
    }
    return std::make_unique<Connection>(options_.place, options_.full_sync);
  }

  template <class T, class Change>
  void write(Done<T> done, Change change) {
    auto fail = [done](const std::string& failure) { done({std::nullopt, failure}); };
    writer_.write(
        [done, change](Connection& connection) -> Writer::After {
          return [done, made = change(connection)](const std::string&) mutable { done({std::move(made), {}}); };
        },
        std::move(fail));
  }

  // The same for what changes a token: nobody takes the one from before the change once it is acknowledged.
  template <class T, class Token, class Change>
  void write_token(TokenCache<Token>& cache, Id id, Done<T> done, Change change) {
    auto after = [&cache, id, done = std::move(done)](Stored<T> stored) {
      cache.forget(id);
      done(std::move(stored));
    };
    write<T>(std::move(after), std::move(change));
  }

  StoreOptions options_;
  TokenCache<TriggerToken> trigger_tokens_;  // this process is the only one that writes
  TokenCache<JobToken> job_tokens_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::unordered_map<Id, Id> iids_;
  Id next_job_id_ = 1;  // the writer's thread only
  Writer writer_;       // last: its thread uses the rest
};

}  // namespace

std::unique_ptr<Store> open_sqlite_store(const StoreOptions& options) { return std::make_unique<SqliteStore>(options); }

}  // namespace willrun::server
