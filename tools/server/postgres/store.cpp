// A Store in PostgreSQL, for one server or several on one database: nothing is kept in the process but tokens, for less
// than kRevocationDelay.
#include <charconv>

#include <fmt/format.h>

#include "server/postgres/notifications.hpp"
#include "server/postgres/pool.hpp"
#include "server/postgres/rows.hpp"
#include "server/postgres/schema.hpp"
#include "server/postgres/writer.hpp"
#include "server/store.hpp"
#include "server/token_cache.hpp"

namespace willrun::server {

namespace postgres {

namespace {

constexpr std::size_t kMostConnections = 16;  // beside the one that writes and the one that listens
constexpr std::string_view kUnexpired = "(expires_at IS NULL OR expires_at > {})";

std::string select_tokens(std::string_view where) {
  return fmt::format("SELECT {} FROM trigger_tokens t WHERE {}", kTokenColumns, where);
}

// One more than a page has says whether there is another.
std::int64_t rows_of(std::uint32_t per_page) { return std::int64_t{per_page} + 1; }
std::int64_t rows_before(std::uint32_t page, std::uint32_t per_page) { return (std::int64_t{page} - 1) * per_page; }

// `rows`, a SELECT, with how many there are without its limit: one statement, so that both are of the same moment.
std::string page_text(std::string_view counted, std::string_view rows, std::string_view order) {
  return fmt::format(
      "WITH total AS (SELECT count(*) AS total {}), page AS ({}) SELECT total.total, page.* FROM total LEFT JOIN page "
      "ON "
      "true ORDER BY {}",
      counted, rows, order);
}

template <class T>
Page<T> read_page(const pqxx::result& rows, T (*read)(Row&), std::uint32_t per_page) {
  Page<T> page;
  for (const pqxx::row& found : rows) {
    Row row(found);
    page.total = row.id();
    if (!found[1].is_null()) page.items.push_back(read(row));  // an id; null beside a total without rows
  }
  cut_to(page, per_page);
  return page;
}

std::optional<TriggerToken> find_token(Connection& connection, Id project_id, Id id, Time now) {
  static const std::string kText = select_tokens("project_id = $1 AND id = $2 AND " + fmt::format(kUnexpired, "$3"));
  return first(connection.run(kText, Parameters::of(project_id, id, now)), read_token<Row>);
}

// Tells all servers with the commit which token changed: "trigger 7", "job 12". Ids are no secret, lookups are one.
constexpr const char* kChannel = "willrun_tokens";
constexpr std::string_view kTrigger = "trigger ";
constexpr std::string_view kJob = "job ";

void tell(Connection& connection, std::string_view kind, Id id) {
  connection.run("SELECT pg_notify($1, $2)", Parameters::of(std::string_view(kChannel), fmt::format("{}{}", kind, id)));
}

// The id behind `kind`; 0 where something else is told.
Id told_id(std::string_view told, std::string_view kind) {
  if (!told.starts_with(kind)) return 0;
  Id id = 0;
  std::from_chars(told.data() + kind.size(), told.data() + told.size(), id);
  return id;
}

void insert_token(Connection& connection, const TriggerToken& token, bool again) {
  static const std::string kText =
      "INSERT INTO trigger_tokens (id, project_id, owner_id, created_at, updated_at, expires_at, description, lookup, "
      "sealed, short_token) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
  connection.run(again ? kText + " ON CONFLICT (id) DO NOTHING" : kText,
                 Parameters::of(token.id, token.project_id, token.owner_id, token.created_at, token.updated_at,
                                token.expires_at, token.description, token.lookup, token.sealed, token.short_token));
}

}  // namespace

class PostgresStore : public Store {
 public:
  explicit PostgresStore(const StoreOptions& options)
      : connector_(options.place),
        pool_(connector_, kMostConnections),
        writer_(connector_, pool_, options.full_sync ? Commit::on_disk : Commit::soon) {
    pool_.run([](Connection& connection) { bring_up_to_date(connection); });
    notifications_.emplace(connector_, kChannel, [this](std::string_view told) { hear(told); });
  }

  std::optional<TriggerToken> find_trigger_token(std::string_view lookup, Time now) override {
    static const std::string kText = select_tokens("lookup = $2 AND " + fmt::format(kUnexpired, "$1"));
    return trigger_tokens_.read(lookup, [&] { return ask_first(kText, Parameters::of(now, lookup), read_token<Row>); });
  }
  std::optional<TriggerToken> known_trigger_token(std::string_view lookup, Time now) override {
    return unexpired(trigger_tokens_.find(lookup), now);
  }

  std::optional<TriggerToken> trigger_token(Id project_id, Id id, Time now) override {
    return pool_.run([&](Connection& connection) { return find_token(connection, project_id, id, now); });
  }

  Page<TriggerToken> trigger_tokens(Id project_id, Time now, std::uint32_t page, std::uint32_t per_page) override {
    static const std::string kWhere = "project_id = $1 AND " + fmt::format(kUnexpired, "$2");
    static const std::string kText = page_text("FROM trigger_tokens WHERE " + kWhere,
                                               select_tokens(kWhere) + " ORDER BY id LIMIT $3 OFFSET $4", "id");
    const auto parameters = Parameters::of(project_id, now, rows_of(per_page), rows_before(page, per_page));
    return read_page(ask(kText, parameters), read_token<Row>, per_page);
  }

  void add_trigger_token(TriggerToken token, Done<TriggerToken> done) override {
    // The id is taken once, so that a write that is done again is the same.
    change<TriggerToken>(std::move(done), [this, token](Connection& connection, bool again) mutable {
      if (token.id == 0)
        token.id =
            pool_.run([](Connection& other) { return take_numbers(other, {.trigger_tokens = 1}); }).trigger_tokens;
      insert_token(connection, token, again);
      return std::optional(token);
    });
  }

  void describe_trigger_token(Id project_id, Id id, std::string description, Time now,
                              Done<TriggerToken> done) override {
    change_token<TriggerToken>(trigger_tokens_, id, std::move(done), [=](Connection& connection, bool) {
      connection.run("UPDATE trigger_tokens SET description = $4, updated_at = $1 WHERE project_id = $2 AND id = $3",
                     Parameters::of(now, project_id, id, description));
      tell(connection, kTrigger, id);
      return find_token(connection, project_id, id, now);
    });
  }

  void remove_trigger_token(Id project_id, Id id, Done<Id> done) override {
    change_token<Id>(trigger_tokens_, id, std::move(done), [=](Connection& connection, bool again) {
      const pqxx::result removed = connection.run("DELETE FROM trigger_tokens WHERE project_id = $1 AND id = $2",
                                                  Parameters::of(project_id, id));
      tell(connection, kTrigger, id);
      // Where it may have been removed by the run before, it was.
      return removed.affected_rows() > 0 || again ? std::optional(id) : std::nullopt;
    });
  }

  std::vector<TriggerToken> expired_trigger_tokens(Time before, std::uint32_t most) override {
    static const std::string kText = select_tokens("expires_at < $1 ORDER BY id LIMIT $2");
    return all(ask(kText, Parameters::of(before, std::int64_t{most})), read_token<Row>);
  }

  Id next_iid(Id project_id, bool take) override {
    return pool_.run([&](Connection& connection) {
      return take ? take_iid(connection, project_id) : last_iid(connection, project_id) + 1;
    });
  }

  void add_pipeline(Pipeline pipeline, Done<Pipeline> done) override {
    writer_.write(NewPipeline{std::move(pipeline), std::move(done)});
  }

  std::optional<Pipeline> pipeline(Id project_id, Id id) override {
    static const std::string kText =
        fmt::format("SELECT {}, jobs, variables FROM pipelines WHERE id = $1 AND project_id = $2", kPipelineColumns);
    return ask_first(kText, Parameters::of(id, project_id), read_whole_pipeline<Row>);
  }

  Page<Pipeline> pipelines(Id project_id, const PipelineQuery& query) override {
    const std::string matching = pipelines_matching(query, "$", "''::bytea");
    const std::string counted = fmt::format("FROM (SELECT 1 {} LIMIT $10) counted", matching);
    const std::string order = order_of(query);
    const std::string rows =
        fmt::format("SELECT {} {} ORDER BY {} LIMIT $8 OFFSET $9", kPipelineColumns, matching, order);
    Parameters parameters;
    take_parameters(project_id, query, [&](const auto&... values) { parameters = Parameters::of(values...); });
    return read_page(ask(page_text(counted, rows, order), parameters), read_pipeline<Row>, query.per_page);
  }

  std::optional<Pipeline> pipeline_of_job(Id project_id, Id job_id) override {
    static const std::string kText = fmt::format(
        "SELECT {}, jobs, variables FROM pipelines WHERE first_job_id <= $1 AND job_count > 0 ORDER BY first_job_id "
        "DESC "
        "LIMIT 1",
        kPipelineColumns);
    auto found = ask_first(kText, Parameters::of(job_id), read_whole_pipeline<Row>);
    const bool holds = found && found->project_id == project_id && job_id < found->first_job_id + found->job_count;
    return holds ? std::move(found) : std::nullopt;
  }

  void start_job(JobToken token, Done<JobToken> done) override {
    const Id job_id = token.job_id;
    change_token<
        JobToken>(job_tokens_, job_id, std::move(done), [token = std::move(token)](Connection& connection, bool) {
      static const std::string kText = fmt::format(
          "INSERT INTO job_tokens ({}) VALUES ($1, $2, $3, $4, $6, $5) ON CONFLICT (job_id) DO UPDATE SET project_id = "
          "$2, "
          "pipeline_id = $3, user_id = $4, state = $5, lookup = $6",
          kJobTokenColumns);
      connection.run(kText, Parameters::of(token.job_id, token.project_id, token.pipeline_id, token.user_id,
                                           static_cast<std::int64_t>(token.state), token.lookup));
      tell(connection, kJob, token.job_id);
      return std::optional(token);
    });
  }

  void end_job(Id project_id, Id job_id, JobState state, Done<JobToken> done) override {
    change_token<JobToken>(job_tokens_, job_id, std::move(done), [=](Connection& connection, bool) {
      static const std::string kText = fmt::format(
          "UPDATE job_tokens SET state = $1 WHERE job_id = $2 AND project_id = $3 RETURNING {}", kJobTokenColumns);
      tell(connection, kJob, job_id);
      return first(connection.run(kText, Parameters::of(static_cast<std::int64_t>(state), job_id, project_id)),
                   read_job_token<Row>);
    });
  }

  std::optional<JobToken> find_job_token(std::string_view lookup) override {
    static const std::string kText = fmt::format("SELECT {} FROM job_tokens WHERE lookup = $1", kJobTokenColumns);
    return job_tokens_.read(lookup, [&] { return ask_first(kText, Parameters::of(lookup), read_job_token<Row>); });
  }
  std::optional<JobToken> known_job_token(std::string_view lookup) override { return job_tokens_.find(lookup); }

  std::vector<JobToken> job_tokens(Id pipeline_id) override {
    static const std::string kText =
        fmt::format("SELECT {} FROM job_tokens WHERE pipeline_id = $1 ORDER BY job_id", kJobTokenColumns);
    return all(ask(kText, Parameters::of(pipeline_id)), read_job_token<Row>);
  }

  bool ready() override {
    try {
      return pool_.run(version) == kVersion;
    } catch (const std::exception&) {
      return false;
    }
  }

 private:
  pqxx::result ask(const std::string& text, const Parameters& parameters) {
    return pool_.run([&](Connection& connection) { return connection.run(text, parameters); });
  }
  template <class T>
  std::optional<T> ask_first(const std::string& text, const Parameters& parameters, T (*read)(Row&)) {
    return first(ask(text, parameters), read);
  }

  // `make` changes the database and gives what `done` is told.
  template <class T, class Make>
  void change(Done<T> done, Make make) {
    auto run = [done, make = std::move(make)](Connection& connection, bool again) mutable -> std::function<void()> {
      return [done, made = make(connection, again)] { done({made, {}}); };
    };
    writer_.write(Change{std::move(run), [done](const std::string& failure) { done({std::nullopt, failure}); }});
  }

  // The same for what changes a token: this server does not take the one from before the change once it is
  // acknowledged. The others are told by `make`.
  template <class T, class Token, class Make>
  void change_token(TokenCache<Token>& cache, Id id, Done<T> done, Make make) {
    auto after = [&cache, id, done = std::move(done)](Stored<T> stored) {
      cache.forget(id);
      done(std::move(stored));
    };
    change<T>(std::move(after), std::move(make));
  }

  void hear(std::string_view told) {
    if (const Id id = told_id(told, kTrigger); id != 0) return trigger_tokens_.forget(id);
    if (const Id id = told_id(told, kJob); id != 0) return job_tokens_.forget(id);
    trigger_tokens_.forget();
    job_tokens_.forget();
  }

  // Below kRevocationDelay, so that the answer is sent in time, too.
  static constexpr std::chrono::milliseconds kLifetime = kRevocationDelay - std::chrono::milliseconds(100);

  Connector connector_;
  Pool pool_;
  TokenCache<TriggerToken> trigger_tokens_{kLifetime};
  TokenCache<JobToken> job_tokens_{kLifetime};
  std::optional<Notifications> notifications_;
  Writer writer_;  // last: its thread uses the rest
};

}  // namespace postgres

std::unique_ptr<Store> open_postgres_store(const StoreOptions& options) {
  return std::make_unique<postgres::PostgresStore>(options);
}

}  // namespace willrun::server
