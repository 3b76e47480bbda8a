// Rows of the tables, and what they hold.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/postgres/connection.hpp"

namespace willrun::server::postgres {

constexpr std::string_view kTokenColumns =
    "id, project_id, owner_id, description, lookup, sealed, short_token, created_at, updated_at, "
    "(SELECT max(p.created_at) FROM pipelines p WHERE p.trigger_id = t.id AND p.trigger_id > 0), expires_at";
constexpr std::string_view kPipelineColumns =
    "id, iid, project_id, user_id, trigger_id, upstream_job_id, tag, created_at, first_job_id, job_count, short_token, "
    "source, ref, sha, status, failure_reason, errors, name";
constexpr std::string_view kJobTokenColumns = "job_id, project_id, pipeline_id, user_id, state, lookup";

TriggerToken read_token(Row& row);  // of `trigger_tokens t`
Pipeline read_pipeline(Row& row);
Pipeline read_whole_pipeline(Row& row);  // kPipelineColumns, jobs, variables
JobToken read_job_token(Row& row);

template <class T>
std::optional<T> first(const pqxx::result& rows, T (*read)(Row&)) {
  if (rows.empty()) return std::nullopt;
  Row row(rows[0]);
  return read(row);
}

// Numbers of each kind.
struct Ids {
  Id pipelines = 0;
  Id jobs = 0;
  Id trigger_tokens = 0;
};
// Takes as many as `counts` says, which nobody gets again; gives the last of each kind.
Ids take_ids(Connection& connection, const Ids& counts);
Id take_iid(Connection& connection, Id project_id);
Id last_iid(Connection& connection, Id project_id);

// Pipelines that have their ids, in one statement. `again`: some of them may be there already.
void insert_pipelines(Connection& connection, std::span<const Pipeline* const> pipelines, bool again);

}  // namespace willrun::server::postgres
