#include "server/entities.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "server/times.hpp"

namespace willrun::server {

namespace {

const std::string kZeros(40, '0');
constexpr std::size_t kUsualJobSize = 64;  // bytes of the JSON of one

// A job as it is kept: what is as usual is left out.
namespace key {
constexpr const char* kName = "name";
constexpr const char* kStage = "stage";
constexpr const char* kWhen = "when";
constexpr const char* kMayFail = "allow_failure";
constexpr const char* kBridge = "bridge";
constexpr const char* kTags = "tags";
}  // namespace key

void write_detailed_status(JsonText& out, std::string_view status, std::string_view path) {
  const auto made_of_status = [status](std::string_view before, std::string_view after) {
    return std::string(before).append(status).append(after);
  };
  out.open_object();
  out.member("icon", made_of_status("status_", ""));
  for (const char* name : {"text", "label", "group", "tooltip"}) out.member(name, status);
  out.member("has_details", true);
  out.member("details_path", path);
  out.member("illustration", nullptr);
  out.member("favicon", made_of_status("/assets/ci_favicons/favicon_status_", ".png"));
  out.close_object();
}

std::string_view status_of(const JobToken* token, std::string_view pipeline_status) {
  if (token == nullptr) return pipeline_status == "failed" ? "skipped" : "created";
  return token->state == JobState::running ? "running" : "success";
}

}  // namespace

void Entities::write_user(JsonText& out, const User* user) const {
  if (user == nullptr) {
    out.value(nullptr);
    return;
  }
  out.open_object();
  out.member("id", user->id);
  out.member("username", user->username);
  out.member("public_email", nullptr);
  out.member("name", user->name);
  out.member("state", user->blocked ? "blocked" : "active");
  out.member("locked", false);
  out.member("avatar_url", nullptr);
  out.member("web_url", std::string(configuration_.url).append(1, '/').append(user->username));
  out.close_object();
}

Json Entities::user(const User* user) const {
  JsonText out;
  write_user(out, user);
  return Json::parse(out.text());
}

std::string Entities::pipeline_path(const Project& project, const Pipeline& pipeline) {
  return std::string(1, '/').append(project.path).append("/-/pipelines/").append(std::to_string(pipeline.id));
}

void Entities::write_basic(JsonText& out, const Project& project, const Pipeline& pipeline) const {
  const std::string created = iso_time(pipeline.created_at);
  out.member("id", pipeline.id);
  out.member("iid", pipeline.iid);
  out.member("project_id", pipeline.project_id);
  out.member("sha", pipeline.sha);
  out.member("ref", pipeline.ref);
  out.member("status", pipeline.status);
  out.member("source", pipeline.source);
  out.member("created_at", created);
  out.member("updated_at", created);
  out.member("web_url", configuration_.url + pipeline_path(project, pipeline));
  out.member_or_null("name", pipeline.name);
}

Json Entities::pipeline_basic(const Project& project, const Pipeline& pipeline) const {
  JsonText out;
  out.open_object();
  write_basic(out, project, pipeline);
  out.close_object();
  return Json::parse(out.text());
}

std::string Entities::pipeline(const Project& project, const Pipeline& pipeline) const {
  constexpr std::size_t kUsualSize = 1'200;
  JsonText out(kUsualSize);
  out.open_object();
  write_basic(out, project, pipeline);
  out.member("before_sha", kZeros);
  out.member("tag", pipeline.tag);
  out.member_or_null("yaml_errors", pipeline.errors);
  out.key("user");
  write_user(out, configuration_.user(pipeline.user_id));
  for (const char* name : {"started_at", "finished_at", "committed_at", "duration", "queued_duration", "coverage"})
    out.member(name, nullptr);
  out.key("detailed_status");
  write_detailed_status(out, pipeline.status, pipeline_path(project, pipeline));
  out.member("archived", false);
  out.close_object();
  return out.text();
}

Json Entities::trigger_token(const TriggerToken& token, std::string_view shown) const {
  return {{"id", token.id},
          {"token", shown},
          {"description", token.description},
          {"created_at", iso_time(token.created_at)},
          {"updated_at", iso_time(token.updated_at)},
          {"last_used", token.last_used ? Json(iso_time(*token.last_used)) : Json(nullptr)},
          {"expires_at", token.expires_at ? Json(iso_time(*token.expires_at)) : Json(nullptr)},
          {"owner", user(configuration_.user(token.owner_id))}};
}

Json Entities::jobs(const Project& project, const Pipeline& pipeline, const std::vector<JobToken>& tokens,
                    bool bridges) const {
  Json list = Json::array();
  const Json kept = Json::parse(pipeline.jobs.empty() ? "[]" : pipeline.jobs);
  const Json owner = user(configuration_.user(pipeline.user_id));
  const Json basic = pipeline_basic(project, pipeline);
  Json names = Json::array();
  for (const Json& variable : shown_variables(pipeline)) names.push_back(variable["key"]);
  Id id = pipeline.first_job_id;
  for (const Json& job : kept) {
    const Id own = id++;
    if (job.contains(key::kBridge) != bridges) continue;
    const auto token = std::ranges::find(tokens, own, &JobToken::job_id);
    const JobToken* known = token == tokens.end() ? nullptr : &*token;
    Json json = {{"id", own},
                 {"status", status_of(known, pipeline.status)},
                 {"stage", job[key::kStage]},
                 {"name", job[key::kName]},
                 {"ref", pipeline.ref},
                 {"tag", pipeline.tag},
                 {"coverage", nullptr},
                 {"allow_failure", job.contains(key::kMayFail)},
                 {"created_at", iso_time(pipeline.created_at)},
                 {"started_at", nullptr},
                 {"finished_at", nullptr},
                 {"erased_at", nullptr},
                 {"duration", nullptr},
                 {"queued_duration", nullptr},
                 {"user", owner},
                 {"commit", {{"id", pipeline.sha}, {"short_id", pipeline.sha.substr(0, 8)}}},
                 {"pipeline", basic},
                 {"web_url", fmt::format("{}/-/jobs/{}", project_url(project), own)},
                 {"tag_list", job.contains(key::kTags) ? job[key::kTags] : Json::array()}};
    // What GitLab shows on the page of a job and not in its API.
    json["willrun"] = {
        {"when", job.contains(key::kWhen) ? job[key::kWhen] : Json("on_success")},
        {"triggered", !pipeline.short_token.empty()},
        {"trigger_short_token", pipeline.short_token.empty() ? Json(nullptr) : Json(pipeline.short_token)},
        {"variables", names}};
    list.push_back(std::move(json));
  }
  return list;
}

std::string stored_jobs(const Decision& decision, const Trigger& trigger) {
  JsonText out(decision.jobs.size() * kUsualJobSize);
  out.open_array();
  for (const JobDecision& job : decision.jobs) {
    out.open_object();
    out.member(key::kName, job.name);
    out.member(key::kStage, job.stage);
    if (job.when != When::on_success) out.member(key::kWhen, to_string(job.when));
    if (job.allow_failure) out.member(key::kMayFail, 1);
    if (job.bridge) out.member(key::kBridge, 1);
    if (const auto named = tags(decision, job, trigger); named && !named->empty()) {
      out.key(key::kTags);
      out.open_array();
      for (const std::string& tag : *named) out.value(tag);
      out.close_array();
    }
    out.close_object();
  }
  out.close_array();
  return out.text();
}

std::string verdict_text(const Decision& decision) {
  JsonText out((decision.jobs.size() + decision.left_out.size()) * kUsualJobSize);
  const auto list = [&out](std::string_view name, const auto& jobs, const auto& write_last) {
    out.key(name);
    out.open_array();
    for (const auto& job : jobs) {
      out.open_object();
      out.member("name", job.name);
      out.member("stage", job.stage);
      write_last(job);
      out.close_object();
    }
    out.close_array();
  };
  out.open_object();
  out.member("dry_run", true);
  out.key("willrun");
  out.open_object();
  out.member("status", "created");
  out.member("name", decision.shown_name);
  list("jobs", decision.jobs, [&out](const JobDecision& job) { out.member("when", to_string(job.when)); });
  list("left_out", decision.left_out, [&out](const LeftOutJob& job) { out.member("why", to_string(job.reason)); });
  out.close_object();
  out.close_object();
  return out.text();
}

std::string stored_variables(const std::vector<Variable>& variables) {
  JsonText out;
  out.open_array();
  for (const Variable& variable : variables) {
    out.open_object();
    out.member("key", variable.key);
    out.member("value", variable.value ? std::string_view(*variable.value) : std::string_view());
    if (variable.file) out.member("file", 1);
    out.close_object();
  }
  out.close_array();
  return out.text();
}

Json shown_variables(const Pipeline& pipeline) {
  Json list = Json::array();
  for (const Json& variable : Json::parse(pipeline.variables.empty() ? "[]" : pipeline.variables)) {
    list.push_back({{"variable_type", variable.contains("file") ? "file" : "env_var"},
                    {"key", variable["key"]},
                    {"value", variable["value"]},
                    {"raw", false}});
  }
  return list;
}

}  // namespace willrun::server
