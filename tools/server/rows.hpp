// Rows of the tables that every SQL store has, and what they hold. `Row` is read from left to right, a column a call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "server/store.hpp"

namespace willrun::server {

constexpr std::string_view kPipelineColumns =
    "id, iid, project_id, user_id, trigger_id, short_token, upstream_job_id, source, ref, tag, sha, status, "
    "failure_reason, errors, name, created_at, first_job_id, job_count";
constexpr std::string_view kJobTokenColumns = "job_id, project_id, pipeline_id, user_id, lookup, state";

// A step of every schema: what lists of pipelines go by, pipelines_matching().
constexpr const char* kListIndices = R"(
  CREATE INDEX pipelines_of_ref ON pipelines (project_id, ref, iid);
  CREATE INDEX pipelines_of_tag ON pipelines (project_id, ref, iid) WHERE tag = 1;
  CREATE INDEX pipelines_of_commit ON pipelines (project_id, sha, iid);
)";

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

// The parameters of pipelines_matching() and of what stands around it, in their order: 8 is the number of rows of a
// page and one more, 9 the rows before it, 10 how many are counted.
template <class Take>
void take_parameters(Id project_id, const PipelineQuery& query, Take take) {
  constexpr std::int64_t kAny = -1;
  const auto number = [](const auto& wanted) { return wanted ? static_cast<std::int64_t>(*wanted) : kAny; };
  take(project_id, number(query.user_id), number(query.has_errors), query.since, query.until,
       number(query.newest_of_tags), std::int64_t{query.finished}, std::int64_t{query.per_page} + 1,
       (std::int64_t{query.page} - 1) * query.per_page, static_cast<std::int64_t>(kMostCounted + 1), query.ref,
       query.source, query.status, query.sha, query.name);
}

// The newest pipeline of each ref of a kind: hops from name to name, and on each to its last pipeline, however many
// there are. Where a name is a tag and a branch, those of the other kind are passed over.
inline std::string newest_of(bool tags) {
  const std::string_view kind = tags ? "1" : "0";
  const std::string_view only_tags = tags ? "tag = 1 AND " : "";  // then it hops over tags alone
  return fmt::format(
      "{{0}}6 = {0} AND tag = {0} AND iid IN (WITH RECURSIVE refs(known) AS ("
      "SELECT (SELECT ref FROM pipelines WHERE {1}project_id = {{0}}1 ORDER BY ref LIMIT 1) UNION ALL "
      "SELECT (SELECT ref FROM pipelines WHERE {1}project_id = {{0}}1 AND ref > known ORDER BY ref LIMIT 1) FROM refs "
      "WHERE known IS NOT NULL) "
      "SELECT (SELECT max(iid) FROM pipelines WHERE tag = {0} AND project_id = {{0}}1 AND ref = known) FROM refs "
      "WHERE known IS NOT NULL)",
      kind, only_tags);
}

// "FROM pipelines WHERE ...". `mark` stands in front of a parameter's number; `empty` is a text without bytes. What an
// index finds is a condition of its own only where it is asked for: behind OR no index would be used.
inline std::string pipelines_matching(const PipelineQuery& query, std::string_view mark, std::string_view empty) {
  const std::string newest = query.newest_of_tags ? newest_of(*query.newest_of_tags) : "{0}6 = -1";
  const std::string_view ref = query.ref.empty() ? "{0}11 = {1}" : "ref = {0}11";
  const std::string_view sha = query.sha.empty() ? "{0}14 = {1}" : "sha = {0}14";
  std::string text = "FROM pipelines WHERE project_id = {0}1";
  for (const std::string_view condition : {std::string_view(newest), ref, sha}) text.append(" AND ").append(condition);
  text +=
      " AND (user_id = {0}2 OR {0}2 = -1) AND ({0}3 = -1 OR (errors <> {1}) = ({0}3 = 1)) AND created_at >= {0}4 AND "
      "created_at <= {0}5 AND ({0}7 = 0 OR status <> 'created') AND ({0}12 = {1} OR source = {0}12) AND "
      "({0}13 = {1} OR status = {0}13) AND ({0}15 = {1} OR name = {0}15)";
  return fmt::format(fmt::runtime(text), mark, empty);
}

inline std::string order_of(const PipelineQuery& query) {
  const std::string_view direction = query.ascending ? "ASC" : "DESC";
  const auto then_id = [&](std::string_view column) { return fmt::format("{0} {1}, iid {1}", column, direction); };
  switch (query.order) {
    case PipelineOrder::id: break;
    case PipelineOrder::status: return then_id("status");
    case PipelineOrder::ref: return then_id("ref");
    case PipelineOrder::user_id: return then_id("user_id");
  }
  return fmt::format("iid {}", direction);
}

// A page was asked for with one row more than it has.
template <class T>
void cut_to(Page<T>& page, std::uint32_t per_page) {
  page.has_next = page.items.size() > per_page;
  if (page.has_next) page.items.pop_back();
}

}  // namespace willrun::server
