#include "server/entities.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/format.h>

namespace willrun::server {

namespace {

const std::string kZeros(40, '0');

// A job as it is kept: what is as usual is left out.
namespace key {
constexpr const char* kName = "name";
constexpr const char* kStage = "stage";
constexpr const char* kWhen = "when";
constexpr const char* kMayFail = "allow_failure";
constexpr const char* kBridge = "bridge";
constexpr const char* kTags = "tags";
}  // namespace key

Json detailed_status(std::string_view status, const std::string& path) {
  return {{"icon", fmt::format("status_{}", status)},
          {"text", status},
          {"label", status},
          {"group", status},
          {"tooltip", status},
          {"has_details", true},
          {"details_path", path},
          {"illustration", nullptr},
          {"favicon", fmt::format("/assets/ci_favicons/favicon_status_{}.png", status)}};
}

std::string_view status_of(const JobToken* token, std::string_view pipeline_status) {
  if (token == nullptr) return pipeline_status == "failed" ? "skipped" : "created";
  return token->state == JobState::running ? "running" : "success";
}

std::optional<Time> time_of(std::tm parts, int offset_minutes, int milliseconds) {
  const std::tm given = parts;
  const std::time_t seconds = timegm(&parts);
  std::tm back{};
  gmtime_r(&seconds, &back);
  // timegm() takes the 31st of any month.
  if (back.tm_mday != given.tm_mday || back.tm_hour != given.tm_hour) return std::nullopt;
  return Time(std::chrono::seconds(seconds) - std::chrono::minutes(offset_minutes) +
              std::chrono::milliseconds(milliseconds));
}

// Digits in front of `rest`, exactly as many.
std::optional<int> take_digits(std::string_view& rest, std::size_t count) {
  if (rest.size() < count) return std::nullopt;
  int number = 0;
  for (const char c : rest.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  rest.remove_prefix(count);
  return number;
}

bool take(std::string_view& rest, char c) {
  if (!rest.starts_with(c)) return false;
  rest.remove_prefix(1);
  return true;
}

// "Z", "+02:00", "+0200", or nothing.
std::optional<int> take_offset(std::string_view rest) {
  if (rest.empty() || rest == "Z" || rest == "z") return 0;
  const bool west = rest.starts_with('-');
  if (!west && !rest.starts_with('+')) return std::nullopt;
  rest.remove_prefix(1);
  const auto hours = take_digits(rest, 2);
  take(rest, ':');
  const auto minutes = take_digits(rest, 2);
  if (!hours || !minutes || !rest.empty() || *hours > 14 || *minutes > 59) return std::nullopt;
  return (*hours * 60 + *minutes) * (west ? -1 : 1);
}

}  // namespace

std::string iso_time(Time time) {
  const auto milliseconds = time.time_since_epoch().count();
  const std::time_t seconds = milliseconds / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, milliseconds % 1000);
}

std::optional<Time> parse_time(std::string_view text) {
  std::tm parts{};
  const auto year = take_digits(text, 4);
  const bool dashes = take(text, '-');
  const auto month = take_digits(text, 2);
  const bool second = take(text, '-');
  const auto day = take_digits(text, 2);
  if (!year || !dashes || !second || !month || !day || *month < 1 || *month > 12 || *day < 1 || *day > 31)
    return std::nullopt;
  parts.tm_year = *year - 1900;
  parts.tm_mon = *month - 1;
  parts.tm_mday = *day;
  if (text.empty()) return time_of(parts, 0, 0);
  if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
  const auto hour = take_digits(text, 2);
  const bool colon = take(text, ':');
  const auto minute = take_digits(text, 2);
  if (!hour || !colon || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  parts.tm_hour = *hour;
  parts.tm_min = *minute;
  int milliseconds = 0;
  if (take(text, ':')) {
    const auto seconds = take_digits(text, 2);
    if (!seconds || *seconds > 60) return std::nullopt;
    parts.tm_sec = *seconds;
    if (take(text, '.')) {
      for (int weight = 100; !text.empty() && text.front() >= '0' && text.front() <= '9'; weight /= 10) {
        milliseconds += (text.front() - '0') * weight;
        text.remove_prefix(1);
      }
    }
  }
  const auto offset = take_offset(text);
  return offset ? time_of(parts, *offset, milliseconds) : std::nullopt;
}

std::optional<Time> parse_http_time(std::string_view text) {
  std::tm parts{};
  const std::string whole(text);
  const char* end = strptime(whole.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end != nullptr && *end == '\0') return time_of(parts, 0, 0);
  return parse_time(text);
}

Json Entities::user(const User* user) const {
  if (user == nullptr) return nullptr;
  return {{"id", user->id},
          {"username", user->username},
          {"public_email", nullptr},
          {"name", user->name},
          {"state", user->blocked ? "blocked" : "active"},
          {"locked", false},
          {"avatar_url", nullptr},
          {"web_url", configuration_.url + "/" + user->username}};
}

Json Entities::pipeline_basic(const Project& project, const Pipeline& pipeline) const {
  const std::string created = iso_time(pipeline.created_at);
  return {{"id", pipeline.id},
          {"iid", pipeline.iid},
          {"project_id", pipeline.project_id},
          {"sha", pipeline.sha},
          {"ref", pipeline.ref},
          {"status", pipeline.status},
          {"source", pipeline.source},
          {"created_at", created},
          {"updated_at", created},
          {"web_url", fmt::format("{}/-/pipelines/{}", project_url(project), pipeline.id)},
          {"name", pipeline.name.empty() ? Json(nullptr) : Json(pipeline.name)}};
}

Json Entities::pipeline(const Project& project, const Pipeline& pipeline) const {
  Json json = pipeline_basic(project, pipeline);
  json["before_sha"] = kZeros;
  json["tag"] = pipeline.tag;
  json["yaml_errors"] = pipeline.errors.empty() ? Json(nullptr) : Json(pipeline.errors);
  json["user"] = user(configuration_.user(pipeline.user_id));
  for (const char* name : {"started_at", "finished_at", "committed_at", "duration", "queued_duration", "coverage"})
    json[name] = nullptr;
  json["detailed_status"] =
      detailed_status(pipeline.status, fmt::format("/{}/-/pipelines/{}", project.path, pipeline.id));
  json["archived"] = false;
  return json;
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

void append_quoted(std::string& out, std::string_view text) {
  const bool plain = std::ranges::all_of(
      text, [](char c) { return c >= ' ' && c != '"' && c != '\\' && static_cast<unsigned char>(c) < 0x7F; });
  if (plain) {
    out.append(1, '"').append(text).append(1, '"');
  } else {
    out += to_text(Json(text));
  }
}

std::string stored_jobs(const Decision& decision, const Trigger& trigger) {
  std::string out = "[";
  const auto field = [&](std::string_view name) { out.append(",\"").append(name).append("\":"); };
  for (const JobDecision& job : decision.jobs) {
    out += out.size() > 1 ? ",{\"name\":" : "{\"name\":";
    append_quoted(out, job.name);
    field(key::kStage);
    append_quoted(out, job.stage);
    if (job.when != When::on_success) {
      field(key::kWhen);
      append_quoted(out, to_string(job.when));
    }
    if (job.allow_failure) field(key::kMayFail), out += '1';
    if (job.bridge) field(key::kBridge), out += '1';
    if (const auto named = tags(decision, job, trigger); named && !named->empty()) {
      field(key::kTags);
      out += to_text(Json(*named));
    }
    out += '}';
  }
  return out += ']';
}

std::string verdict_text(const Decision& decision) {
  std::string out = "{\"dry_run\":true,\"willrun\":{\"status\":\"created\",\"name\":";
  append_quoted(out, decision.shown_name);
  const auto list = [&](std::string_view name, const auto& jobs, const auto& last) {
    out.append(",\"").append(name).append("\":[");
    bool first = true;
    for (const auto& job : jobs) {
      out += first ? "{\"name\":" : ",{\"name\":";
      first = false;
      append_quoted(out, job.name);
      out += ",\"stage\":";
      append_quoted(out, job.stage);
      last(job);
      out += '}';
    }
    out += ']';
  };
  list("jobs", decision.jobs,
       [&](const JobDecision& job) { out.append(",\"when\":\"").append(to_string(job.when)).append("\""); });
  list("left_out", decision.left_out, [&](const LeftOutJob& job) {
    out += ",\"why\":";
    append_quoted(out, to_string(job.reason));
  });
  return out += "}}";
}

std::string stored_variables(const std::vector<Variable>& variables) {
  std::string out = "[";
  for (const Variable& variable : variables) {
    out += out.size() > 1 ? ",{\"key\":" : "{\"key\":";
    append_quoted(out, variable.key);
    out += ",\"value\":";
    append_quoted(out, variable.value.value_or(std::string()));
    out += variable.file ? ",\"file\":1}" : "}";
  }
  return out += ']';
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
