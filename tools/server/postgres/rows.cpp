#include "server/postgres/rows.hpp"

#include <iterator>

#include <fmt/format.h>

namespace willrun::server::postgres {

namespace {

constexpr std::string_view kWritten =  // numbers in front of texts, as parameters are
    "id, iid, project_id, user_id, trigger_id, upstream_job_id, tag, created_at, first_job_id, job_count, short_token, "
    "source, ref, sha, status, failure_reason, errors, name, jobs, variables";
constexpr std::size_t kNumbers = 10;
constexpr std::size_t kTexts = 10;

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
  std::string text = fmt::format("INSERT INTO pipelines ({}) VALUES ", kWritten);
  for (std::size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "(" : ", (";
    for (std::size_t i = 0; i < kNumbers; ++i)
      fmt::format_to(std::back_inserter(text), "{}${}", i == 0 ? "" : ", ", row * kNumbers + i + 1);
    for (std::size_t i = 0; i < kTexts; ++i)
      fmt::format_to(std::back_inserter(text), ", ${}", rows * kNumbers + row * kTexts + i + 1);
    text += ")";
  }
  return text;
}

}  // namespace

// One statement, so that a batch waits for it once. All servers lock the rows in the same order, so none waits for
// another that waits for it.
Numbers take_numbers(Connection& connection, const Numbers& counts) {
  static const std::string kText =
      "WITH ids AS (UPDATE last_ids SET pipeline = pipeline + $1, job = job + $2, trigger_token = trigger_token + $3 "
      "RETURNING pipeline, job, trigger_token), "
      "iids AS (INSERT INTO last_iids AS known SELECT * FROM unnest($4::bigint[], $5::bigint[]) AS taken (project_id, "
      "iid) ORDER BY project_id ON CONFLICT (project_id) DO UPDATE SET iid = known.iid + excluded.iid "
      "RETURNING project_id, iid) "
      "SELECT ids.*, iids.* FROM ids LEFT JOIN iids ON true";
  std::vector<Id> projects;
  std::vector<Id> iids;
  for (const auto& [project, count] : counts.iids) {
    projects.push_back(project);
    iids.push_back(count);
  }
  Numbers last;
  const auto parameters = Parameters::of(counts.pipelines, counts.jobs, counts.trigger_tokens,
                                         std::span<const Id>(projects), std::span<const Id>(iids));
  for (const pqxx::row& found : connection.run(kText, parameters)) {
    Row row(found);
    last.pipelines = row.id();
    last.jobs = row.id();
    last.trigger_tokens = row.id();
    if (counts.iids.empty()) continue;
    const Id project = row.id();
    last.iids[project] = row.id();
  }
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
