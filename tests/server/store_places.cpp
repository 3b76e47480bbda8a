#include "server/store_places.hpp"

#include <cstdlib>
#include <stdexcept>

#include <fmt/format.h>
#include <pqxx/pqxx>

#include "server/sqlite/connection.hpp"
#include "tools/scratch_folder.hpp"

namespace willrun::server {

namespace {

class SqlitePlace : public StorePlace {
 public:
  std::string text() const override { return (folder_.path() / "store.db").string(); }
  void run(const std::string& statements) const override { sqlite::Connection(text(), true).run(statements.c_str()); }
  void set_version(int version) const override { run(fmt::format("PRAGMA user_version = {}", version)); }

 private:
  tools::ScratchFolder folder_;
};

// A schema of its own in the database of the test.
class PostgresPlace : public StorePlace {
 public:
  PostgresPlace() {
    const char* given = std::getenv("WILLRUN_TEST_POSTGRES");
    if (given == nullptr)
      throw std::runtime_error("WILLRUN_TEST_POSTGRES is not set: run tests/server/with_postgres.sh");
    address_ = given;
    static int number = 0;
    schema_ = "store" + std::to_string(++number);
    run_outside("CREATE SCHEMA " + schema_);
  }
  ~PostgresPlace() override {
    try {
      run_outside("DROP SCHEMA " + schema_ + " CASCADE");
    } catch (const std::exception&) {
      // It goes with the database.
    }
  }
  PostgresPlace(const PostgresPlace&) = delete;
  PostgresPlace& operator=(const PostgresPlace&) = delete;

  std::string text() const override {
    return address_ + "&options=-csearch_path%3D" + schema_ + "&application_name=" + schema_;
  }
  void run(const std::string& statements) const override { run_at(text(), statements); }
  void set_version(int version) const override { run(fmt::format("UPDATE willrun_schema SET version = {}", version)); }

 private:
  void run_outside(const std::string& statements) const { run_at(address_, statements); }
  static void run_at(const std::string& address, const std::string& statements) {
    pqxx::connection connection(address);
    pqxx::nontransaction(connection).exec(statements);
  }

  std::string address_;
  std::string schema_;
};

template <class T>
std::optional<T> value(Stored<T> stored) {
  if (!stored.failure.empty()) throw std::runtime_error(stored.failure);
  return std::move(stored.value);
}

template <class T>
std::optional<T> finished(const std::function<void(Done<T>)>& write) {
  return value(begun<T>(write).get());
}

std::string print(const std::optional<Time>& time) {
  return time ? std::to_string(time->time_since_epoch().count()) : "-";
}

template <class... Parts>
std::string line(const Parts&... parts) {
  std::string text;
  const auto append = [&](const std::string& part) { text.append(text.empty() ? "" : " ").append(part); };
  const auto as_text = [](const auto& part) {
    if constexpr (std::is_arithmetic_v<std::decay_t<decltype(part)>>) {
      return std::to_string(part);
    } else {
      return "'" + part + "'";
    }
  };
  (append(as_text(parts)), ...);
  return text;
}

}  // namespace

std::unique_ptr<StorePlace> make_sqlite_place() { return std::make_unique<SqlitePlace>(); }
std::unique_ptr<StorePlace> make_postgres_place() { return std::make_unique<PostgresPlace>(); }

std::int64_t number_in_postgres(const StorePlace& place, const std::string& query) {
  pqxx::connection connection(place.text() + "&application_name=test");
  return pqxx::nontransaction(connection).exec1(query)[0].as<std::int64_t>();
}

void control_postgres(const std::string& what) {
  const char* program = std::getenv("WILLRUN_TEST_POSTGRES_CONTROL");
  if (program == nullptr || std::system((std::string(program) + " " + what).c_str()) != 0)
    throw std::runtime_error("PostgreSQL does not " + what);
}

std::string failure_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "none";
}

std::future<Stored<Pipeline>> begin_pipeline(Store& store, Pipeline pipeline) {
  return begun<Pipeline>([&](Done<Pipeline> done) { store.add_pipeline(std::move(pipeline), std::move(done)); });
}

std::optional<TriggerToken> add(Store& store, TriggerToken token) {
  return finished<TriggerToken>([&](auto done) { store.add_trigger_token(std::move(token), std::move(done)); });
}

std::optional<TriggerToken> describe(Store& store, Id project_id, Id id, std::string description, Time now) {
  return finished<TriggerToken>(
      [&](auto done) { store.describe_trigger_token(project_id, id, std::move(description), now, std::move(done)); });
}

std::optional<Id> remove(Store& store, Id project_id, Id id) {
  return finished<Id>([&](auto done) { store.remove_trigger_token(project_id, id, std::move(done)); });
}

std::optional<Pipeline> add(Store& store, Pipeline pipeline) {
  if (pipeline.iid == 0) pipeline.iid = store.next_iid(pipeline.project_id, true);
  return value(begin_pipeline(store, std::move(pipeline)).get());
}

std::optional<JobToken> start(Store& store, JobToken token) {
  return finished<JobToken>([&](auto done) { store.start_job(std::move(token), std::move(done)); });
}

std::optional<JobToken> end(Store& store, Id project_id, Id job_id, JobState state) {
  return finished<JobToken>([&](auto done) { store.end_job(project_id, job_id, state, std::move(done)); });
}

std::string print(const std::optional<TriggerToken>& token) {
  if (!token) return "none";
  return line(token->id, token->project_id, token->owner_id, token->description, token->lookup, token->sealed,
              token->short_token) +
         " made " + print(std::optional(token->created_at)) + " changed " + print(std::optional(token->updated_at)) +
         " used " + print(token->last_used) + " until " + print(token->expires_at);
}

std::string print(const std::optional<Pipeline>& pipeline) {
  if (!pipeline) return "none";
  const Pipeline& p = *pipeline;
  return line(p.id, p.iid, p.project_id, p.user_id, p.trigger_id, p.short_token, p.upstream_job_id, p.source, p.ref,
              p.tag ? 1 : 0, p.sha, p.status, p.failure_reason, p.errors, p.name) +
         " made " + print(std::optional(p.created_at)) + " jobs " +
         line(p.first_job_id, p.job_count, p.jobs, p.variables);
}

std::string print(const std::optional<JobToken>& token) {
  if (!token) return "none";
  return line(token->job_id, token->project_id, token->pipeline_id, token->user_id, token->lookup,
              static_cast<int>(token->state));
}

}  // namespace willrun::server
