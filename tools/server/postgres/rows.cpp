#include "server/postgres/rows.hpp"

#include <iterator>

#include <fmt/format.h>

namespace willrun::server::postgres {

namespace {

constexpr std::size_t kPipelineNumbers = 10;  // columns of a pipeline, in front of those that are texts
constexpr std::size_t kPipelineTexts = 10;

void add_numbers(Parameters& parameters, const Pipeline& pipeline) {
  parameters.add(pipeline.id)
      .add(pipeline.iid)
      .add(pipeline.project_id)
      .add(pipeline.user_id)
      .add(pipeline.trigger_id)
      .add(pipeline.upstream_job_id)
      .add(std::int64_t{pipeline.tag})
      .add(pipeline.created_at)
      .add(pipeline.first_job_id)
      .add(std::int64_t{pipeline.job_count});
}

void add_texts(Parameters& parameters, const Pipeline& pipeline) {
  for (const std::string* text :
       {&pipeline.short_token, &pipeline.source, &pipeline.ref, &pipeline.sha, &pipeline.status,
        &pipeline.failure_reason, &pipeline.errors, &pipeline.name, &pipeline.jobs, &pipeline.variables})
    parameters.add(*text);
}

std::string insertion(std::size_t rows) {
  std::string text = fmt::format("INSERT INTO pipelines ({}, jobs, variables) VALUES ", kPipelineColumns);
  for (std::size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "(" : ", (";
    for (std::size_t i = 0; i < kPipelineNumbers; ++i)
      fmt::format_to(std::back_inserter(text), "{}${}", i == 0 ? "" : ", ", row * kPipelineNumbers + i + 1);
    for (std::size_t i = 0; i < kPipelineTexts; ++i)
      fmt::format_to(std::back_inserter(text), ", ${}", rows * kPipelineNumbers + row * kPipelineTexts + i + 1);
    text += ")";
  }
  return text;
}

}  // namespace

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

Pipeline read_pipeline(Row& row) {
  Pipeline pipeline;
  pipeline.id = row.id();
  pipeline.iid = row.id();
  pipeline.project_id = row.id();
  pipeline.user_id = row.id();
  pipeline.trigger_id = row.id();
  pipeline.upstream_job_id = row.id();
  pipeline.tag = row.flag();
  pipeline.created_at = row.time();
  pipeline.first_job_id = row.id();
  pipeline.job_count = static_cast<std::uint32_t>(row.number());
  for (std::string* text : {&pipeline.short_token, &pipeline.source, &pipeline.ref, &pipeline.sha, &pipeline.status,
                            &pipeline.failure_reason, &pipeline.errors, &pipeline.name})
    *text = row.text();
  return pipeline;
}

Pipeline read_whole_pipeline(Row& row) {
  Pipeline pipeline = read_pipeline(row);
  pipeline.jobs = row.text();
  pipeline.variables = row.text();
  return pipeline;
}

JobToken read_job_token(Row& row) {
  JobToken token;
  token.job_id = row.id();
  token.project_id = row.id();
  token.pipeline_id = row.id();
  token.user_id = row.id();
  token.state = static_cast<JobState>(row.number());
  token.lookup = row.text();
  return token;
}

Ids take_ids(Connection& connection, const Ids& counts) {
  static const std::string kText =
      "UPDATE last_ids SET pipeline = pipeline + $1, job = job + $2, trigger_token = trigger_token + $3 "
      "RETURNING pipeline, job, trigger_token";
  Row row(connection.run(kText, Parameters::of(counts.pipelines, counts.jobs, counts.trigger_tokens)).at(0));
  Ids last;
  last.pipelines = row.id();
  last.jobs = row.id();
  last.trigger_tokens = row.id();
  return last;
}

Id take_iid(Connection& connection, Id project_id) {
  static const std::string kText =
      "INSERT INTO last_iids AS known VALUES ($1, 1) ON CONFLICT (project_id) DO UPDATE SET iid = known.iid + 1 "
      "RETURNING iid";
  return Row(connection.run(kText, Parameters::of(project_id)).at(0)).id();
}

Id last_iid(Connection& connection, Id project_id) {
  const pqxx::result found =
      connection.run("SELECT iid FROM last_iids WHERE project_id = $1", Parameters::of(project_id));
  return found.empty() ? 0 : Row(found[0]).id();
}

void insert_pipelines(Connection& connection, std::span<const Pipeline* const> pipelines, bool again) {
  Parameters parameters;
  for (const Pipeline* pipeline : pipelines) add_numbers(parameters, *pipeline);
  for (const Pipeline* pipeline : pipelines) add_texts(parameters, *pipeline);
  connection.run(insertion(pipelines.size()) + (again ? " ON CONFLICT (id) DO NOTHING" : ""), parameters);
}

}  // namespace willrun::server::postgres
