// /projects/:id/ci/lint: of what is committed, and of a text that is sent.
#include <algorithm>

#include <fmt/format.h>

#include <willrun/merged.hpp>
#include <willrun/processed.hpp>

#include "common/text.hpp"
#include "common/value_json.hpp"
#include "server/abilities.hpp"
#include "server/access.hpp"
#include "server/api/answers.hpp"
#include "server/api/endpoints.hpp"
#include "server/api/includes.hpp"
#include "server/creation.hpp"

namespace willrun::server::api {

namespace {

constexpr std::size_t kMostWarnings = 25;

const Value* inner(const Value& map, std::string_view first, std::string_view second) {
  const Value* found = map.find(first);
  return found == nullptr ? nullptr : found->find(second);
}

Json or_null(const Value* value) { return value == nullptr ? Json(nullptr) : tools::to_json_value(*value); }

Json lines(const Value* value) {
  if (value == nullptr || value->is_null()) return Json::array();
  return value->kind() == ValueKind::sequence ? tools::to_json_value(*value)
                                              : Json::array({tools::to_json_value(*value)});
}

Json static_job(const Value& job) {
  Json made = {{"name", or_null(job.find("name"))},
               {"stage", or_null(job.find("stage"))},
               {"before_script", lines(inner(job, "options", "before_script"))},
               {"script", lines(inner(job, "options", "script"))},
               {"after_script", lines(inner(job, "options", "after_script"))},
               {"tag_list", lines(job.find("tag_list"))},
               {"only", or_null(job.find("only"))},
               {"except", or_null(job.find("except"))},
               {"environment", or_null(job.find("environment"))},
               {"when", or_null(job.find("when"))},
               {"allow_failure", or_null(job.find("allow_failure"))},
               {"needs", or_null(job.find("needs_attributes"))}};
  if (made["when"].is_null()) made["when"] = "on_success";
  if (made["allow_failure"].is_null()) made["allow_failure"] = false;
  return made;
}

Json static_jobs(const Config& config) {
  Json list = Json::array();
  const auto processed = process(config);
  if (!processed) return list;
  for (const Value& job : processed->jobs) list.push_back(static_job(job));
  return list;
}

// Only the jobs that survive their rules, with what a job of a pipeline has.
Json surviving_jobs(const Config& config, const Decision& decision) {
  Json list = Json::array();
  const Json all = static_jobs(config);
  for (const JobDecision& decided : decision.jobs) {
    for (const Json& job : all) {
      if (job["name"] != decided.name) continue;
      Json made = job;
      for (const char* key : {"only", "except", "needs"}) made.erase(key);
      made["when"] = to_string(decided.when);
      made["allow_failure"] = decided.allow_failure;
      list.push_back(std::move(made));
    }
  }
  return list;
}

Json texts(const std::vector<std::string>& all, std::size_t most) {
  Json list = Json::array();
  for (std::size_t i = 0; i < std::min(all.size(), most); ++i) list.push_back(all[i]);
  return list;
}

// What is linted, and how.
struct Linted {
  CreationRequest request;
  ResolvedRef ref;                     // of a dry run; otherwise its sha is where files come from
  std::optional<std::string> content;  // none: there is none, or it is blank
  bool dry_run = false;
  bool include_jobs = false;
};

// A dry run without content is one of the committed file.
Config load(const Call& call, const Linted& linted, const Trigger& trigger, LoadMode mode) {
  return call.creator().load(linted.request, trigger, mode, nullptr, linted.content ? &*linted.content : nullptr);
}

// What ends it before the configuration is read.
std::string refusal(const Call& call, const Linted& linted) {
  if (linted.dry_run)
    return early_error(linted.request, call.creator().repository(*linted.request.project), linted.ref);
  return linted.content ? "" : "Please provide content of .gitlab-ci.yml";
}

void answer_refused(const CallPointer& call, const Linted& linted, std::string_view error) {
  Json body = {{"valid", false},
               {"errors", Json::array({error})},
               {"warnings", Json::array()},
               {"merged_yaml", nullptr},
               {"includes", nullptr}};
  if (linted.include_jobs) body["jobs"] = Json::array();
  answer_json(*call, 200, body);
}

void answer_lint(const CallPointer& call, const Linted& linted) {
  const std::string error = refusal(*call, linted);
  if (!error.empty()) {
    answer_refused(call, linted, error);
    return;
  }
  auto trigger = call->creator().trigger(linted.request, linted.ref);
  if (!trigger) throw failure(Failure::commit_not_found);
  if (!linted.dry_run) trigger->source = PipelineSource::unknown;  // static lint knows of no source
  const Config config = load(*call, linted, *trigger, linted.dry_run ? LoadMode::pipeline : LoadMode::lint);
  const Decision decision = linted.dry_run ? decide(config, *trigger) : Decision();
  const std::vector<std::string>& errors = linted.dry_run ? decision.errors : config.gitlab_errors();
  Json body = {{"valid", errors.empty()},
               {"errors", texts(errors, errors.size())},
               {"warnings", texts(config.gitlab_warnings(), kMostWarnings)},
               {"merged_yaml", nullptr},
               {"includes", nullptr}};
  if (std::string merged = merged_yaml(config); !merged.empty()) {
    body["merged_yaml"] = std::move(merged);
    body["includes"] = listed_includes(*call, config, {*linted.request.project, trigger->sha}, linted.request.user);
  }
  if (linted.include_jobs) body["jobs"] = linted.dry_run ? surviving_jobs(config, decision) : static_jobs(config);
  answer_json(*call, 200, body);
}

// Of two names for one parameter only one may be given.
std::optional<std::string> either(const Call& call, Checks& checks, const char* old_name, const char* new_name) {
  std::optional<std::string> first;
  std::optional<std::string> second;
  checks([&] { first = call.text(old_name); });
  checks([&] { second = call.text(new_name); });
  if (call.parameters.contains(old_name) && call.parameters.contains(new_name))
    checks.add(fmt::format("{}, {} are mutually exclusive", old_name, new_name));
  return second ? second : first;
}

std::optional<std::string> unless_blank(std::optional<std::string> text) {
  return text && tools::is_blank(*text) ? std::nullopt : std::move(text);
}

Linted read_options(const Call& call, Checks& checks) {
  Linted linted;
  checks([&] { linted.dry_run = call.flag("dry_run"); });
  checks([&] { linted.include_jobs = call.flag("include_jobs"); });
  linted.request.source = PipelineSource::push;
  return linted;
}

void set_member(Linted& linted, const Member& member) {
  linted.request.project = &member.project;
  linted.request.user = member.user;
}

}  // namespace

void lint_committed(const CallPointer& call) {
  Checks checks;
  const auto content_ref = either(*call, checks, "sha", "content_ref");
  Linted linted = read_options(*call, checks);
  const auto dry_run_ref = either(*call, checks, "ref", "dry_run_ref");
  checks.finish();
  const Member member = visible_project(*call);
  set_member(linted, member);
  if (!may_read_code(member.project, member.user)) throw failure(Failure::forbidden);
  const ProjectRepository& repository = call->creator().repository(member.project);
  if (repository.empty()) throw failure(Failure::repository_not_found);
  const std::string main = repository.default_branch();
  const auto sha = content_ref ? repository.commit_of(*content_ref) : repository.default_commit();
  if (!sha) throw failure(Failure::commit_not_found);
  linted.ref = {ResolvedRef::Kind::branch, main, *sha};
  if (linted.dry_run) linted.ref = repository.resolve(dry_run_ref.value_or(main));
  const auto files = repository.sources(*sha, {});
  FileRequest file;
  file.path = member.project.config_path;
  FileAnswer answer = files == nullptr ? FileAnswer() : files->read(file);
  if (answer.status == FileAnswer::Status::found) linted.content = unless_blank(std::move(answer.text));
  answer_lint(call, linted);
}

void lint_content(const CallPointer& call) {
  Checks checks;
  std::optional<std::string> content;
  if (!call->parameters.contains("content")) checks.add("content is missing");
  checks([&] { content = call->text("content"); });
  Linted linted = read_options(*call, checks);
  std::optional<std::string> ref;
  checks([&] { ref = call->text("ref"); });
  checks.finish();
  const Member member = visible_project(*call);
  set_member(linted, member);
  if (member.user == nullptr || !may_create_pipelines(member.project, *member.user)) throw failure(Failure::forbidden);
  const ProjectRepository& repository = call->creator().repository(member.project);
  linted.content = unless_blank(std::move(content));
  const std::string& main = repository.default_branch();
  linted.ref = {ResolvedRef::Kind::branch, main, repository.default_commit().value_or("")};
  // Only a dry run looks at `ref`.
  if (linted.dry_run) linted.ref = repository.resolve(ref.value_or(main));
  answer_lint(call, linted);
}

}  // namespace willrun::server::api
