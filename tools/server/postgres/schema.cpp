#include "server/postgres/schema.hpp"

#include <array>

#include <fmt/format.h>

#include "server/rows.hpp"

namespace willrun::server::postgres {

namespace {

// The steps from each version to the next. Times are milliseconds since 1970. Texts are bytes: those of users may be in
// any encoding, and what goes in comes out. The last numbers given stand in rows of their own, so that no write waits
// for the commit of another. When a token was used last follows from its pipelines.
constexpr std::array<const char*, kVersion> kSteps = {R"(
  CREATE TABLE last_ids (pipeline bigint NOT NULL, job bigint NOT NULL, trigger_token bigint NOT NULL);
  INSERT INTO last_ids VALUES (0, 0, 0);
  CREATE TABLE last_iids (project_id bigint PRIMARY KEY, iid bigint NOT NULL) WITH (fillfactor = 50);
  CREATE TABLE trigger_tokens (
    id bigint PRIMARY KEY, project_id bigint NOT NULL, owner_id bigint NOT NULL, description bytea NOT NULL,
    lookup bytea NOT NULL UNIQUE, sealed bytea NOT NULL, short_token bytea NOT NULL, created_at bigint NOT NULL,
    updated_at bigint NOT NULL, expires_at bigint);
  CREATE INDEX trigger_tokens_of_project ON trigger_tokens (project_id, id);
  CREATE TABLE pipelines (
    id bigint PRIMARY KEY, iid bigint NOT NULL, project_id bigint NOT NULL, user_id bigint NOT NULL,
    trigger_id bigint NOT NULL, upstream_job_id bigint NOT NULL, tag bigint NOT NULL, created_at bigint NOT NULL,
    first_job_id bigint NOT NULL, job_count bigint NOT NULL, short_token bytea NOT NULL, source bytea NOT NULL,
    ref bytea NOT NULL, sha bytea NOT NULL, status bytea NOT NULL, failure_reason bytea NOT NULL,
    errors bytea NOT NULL, name bytea NOT NULL, jobs bytea NOT NULL, variables bytea NOT NULL);
  CREATE UNIQUE INDEX pipelines_of_project ON pipelines (project_id, iid);
  CREATE INDEX pipelines_by_job ON pipelines (first_job_id) WHERE job_count > 0;
  CREATE INDEX pipelines_by_trigger ON pipelines (trigger_id, created_at) WHERE trigger_id > 0;
  CREATE TABLE job_tokens (
    job_id bigint PRIMARY KEY, project_id bigint NOT NULL, pipeline_id bigint NOT NULL, user_id bigint NOT NULL,
    state bigint NOT NULL, lookup bytea NOT NULL UNIQUE);
  CREATE INDEX job_tokens_of_pipeline ON job_tokens (pipeline_id);
)",
                                                      kListIndices};

// Packed by LZ4, jobs fit into the row of their pipeline; writes are twice as fast as with PostgreSQL's own packing.
// Servers may be built without it.
constexpr const char* kPackJobs = R"(
  DO $$ BEGIN
    EXECUTE 'ALTER TABLE pipelines ALTER COLUMN jobs SET COMPRESSION lz4, ALTER COLUMN variables SET COMPRESSION lz4';
  EXCEPTION WHEN feature_not_supported OR syntax_error THEN NULL;
  END $$)";

constexpr std::int64_t kLock = 0x77696c6c72756e;  // "willrun": no other program of this database takes it

}  // namespace

int version(Connection& connection) {
  const pqxx::result found = connection.run("SELECT version FROM willrun_schema");
  return found.empty() ? 0 : static_cast<int>(Row(found[0]).number());
}

void bring_up_to_date(Connection& connection) {
  connection.transaction([&] {
    // Another server may be at it, and take its time.
    connection.run_script("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0");
    connection.run_script(fmt::format("SELECT pg_advisory_xact_lock({})", kLock));
    connection.run_script("SET LOCAL lock_timeout = '60s'");
    connection.run_script("CREATE TABLE IF NOT EXISTS willrun_schema (version bigint NOT NULL)");
    const int found = version(connection);
    if (found > kVersion) throw Refused("the store was written by a newer willrun");
    if (found == kVersion) return;
    for (int step = found; step < kVersion; ++step) connection.run_script(kSteps[static_cast<std::size_t>(step)]);
    if (found == 0) connection.run_script(kPackJobs);
    connection.run_script("DELETE FROM willrun_schema");
    connection.run("INSERT INTO willrun_schema VALUES ($1)", Parameters::of(std::int64_t{kVersion}));
  });
}

}  // namespace willrun::server::postgres
