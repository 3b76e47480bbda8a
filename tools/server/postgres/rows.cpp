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

// All servers lock the rows in the same order, so none waits for another that waits for it.
std::map<Id, Id> take_iids(Connection& connection, const std::map<Id, Id>& counts) {
  static const std::string kText =
      "INSERT INTO last_iids AS known SELECT * FROM unnest($1::bigint[], $2::bigint[]) AS taken (project_id, iid) "
      "ORDER BY project_id ON CONFLICT (project_id) DO UPDATE SET iid = known.iid + excluded.iid "
      "RETURNING project_id, iid";
  std::vector<Id> projects;
  std::vector<Id> numbers;
  for (const auto& [project, count] : counts) {
    projects.push_back(project);
    numbers.push_back(count);
  }
  std::map<Id, Id> last;
  const auto parameters = Parameters::of(std::span<const Id>(projects), std::span<const Id>(numbers));
  for (const pqxx::row& found : connection.run(kText, parameters)) {
    Row row(found);
    const Id project = row.id();
    last[project] = row.id();
  }
  return last;
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
