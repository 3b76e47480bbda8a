// Rows of the tables that every SQL store has, and what they hold. `Row` is read from left to right, a column a call.
#pragma once

#include <cstdint>
#include <string_view>

#include "server/store.hpp"

namespace willrun::server {

constexpr std::string_view kPipelineColumns =
    "id, iid, project_id, user_id, trigger_id, short_token, upstream_job_id, source, ref, tag, sha, status, "
    "failure_reason, errors, name, created_at, first_job_id, job_count";
constexpr std::string_view kJobTokenColumns = "job_id, project_id, pipeline_id, user_id, lookup, state";

// Columns in the order of TriggerToken.
template <class Row>
TriggerToken read_token(Row& row) {
  TriggerToken token;
  token.id = row.id();
  token.project_id = row.id();
  token.owner_id = row.id();
  token.description = row.text();
  token.lookup = row.text();
  token.sealed = row.text();
  token.short_token = row.text();
  token.created_at = row.time();
  token.updated_at = row.time();
  token.last_used = row.optional_time();
  token.expires_at = row.optional_time();
  return token;
}

// kPipelineColumns.
template <class Row>
Pipeline read_pipeline(Row& row) {
  Pipeline pipeline;
  pipeline.id = row.id();
  pipeline.iid = row.id();
  pipeline.project_id = row.id();
  pipeline.user_id = row.id();
  pipeline.trigger_id = row.id();
  pipeline.short_token = row.text();
  pipeline.upstream_job_id = row.id();
  pipeline.source = row.text();
  pipeline.ref = row.text();
  pipeline.tag = row.number() != 0;
  pipeline.sha = row.text();
  pipeline.status = row.text();
  pipeline.failure_reason = row.text();
  pipeline.errors = row.text();
  pipeline.name = row.text();
  pipeline.created_at = row.time();
  pipeline.first_job_id = row.id();
  pipeline.job_count = static_cast<std::uint32_t>(row.number());
  return pipeline;
}

// kPipelineColumns, jobs, variables.
template <class Row>
Pipeline read_whole_pipeline(Row& row) {
  Pipeline pipeline = read_pipeline(row);
  pipeline.jobs = row.text();
  pipeline.variables = row.text();
  return pipeline;
}

// kJobTokenColumns.
template <class Row>
JobToken read_job_token(Row& row) {
  JobToken token;
  token.job_id = row.id();
  token.project_id = row.id();
  token.pipeline_id = row.id();
  token.user_id = row.id();
  token.lookup = row.text();
  token.state = static_cast<JobState>(row.number());
  return token;
}

}  // namespace willrun::server
