// POST /projects/:id/trigger/pipeline and /projects/:id/ref/:ref/trigger/pipeline: by a trigger token, or by that of a
// running job. The order of the checks is GitLab's.
#include <algorithm>

#include <fmt/format.h>

#include "common/text.hpp"
#include "server/abilities.hpp"
#include "server/access.hpp"
#include "server/api/answers.hpp"
#include "server/api/creating.hpp"
#include "server/api/endpoints.hpp"

namespace willrun::server::api {

namespace {

// Grape's checks of declared parameters, in the order in which they are declared.
void check_parameters(const Call& call) {
  Checks checks;
  const Json& ref = call.parameter("ref");
  if (!call.parameters.contains("ref")) {
    checks.add("ref is missing, ref is empty");
  } else if (ref.is_structured()) {
    checks.add("ref is invalid");
  } else if (ref.is_null() || (ref.is_string() && tools::is_blank(ref.get<std::string>()))) {
    checks.add("ref is empty");
  }
  if (!call.parameters.contains("token")) checks.add("token is missing");
  if (call.parameter("token").is_structured()) checks.add("token is invalid");
  for (const char* name : {"variables", "inputs"}) {
    const Json& map = call.parameter(name);
    if (!map.is_null() && !map.is_object() && map != "") checks.add(fmt::format("{} is invalid", name));
  }
  checks.finish();
}

// Owners that are not configured any more may do nothing.
const User& nobody() {
  static const User kNobody = [] {
    User user;
    user.blocked = true;
    return user;
  }();
  return kNobody;
}

const User* user_of(const Call& call, Id id) {
  const User* user = call.configuration().user(id);
  return user == nullptr ? &nobody() : user;
}

// What a token stands for; none of both: nothing.
struct Bearer {
  std::optional<TriggerToken> trigger;
  std::optional<JobToken> job;
};

Bearer known_bearer(Service& service, std::string_view lookup) {
  Bearer bearer{service.store().known_trigger_token(lookup, service.now()), {}};
  if (!bearer.trigger) bearer.job = service.store().known_job_token(lookup);
  return bearer;
}

Bearer find_bearer(Service& service, std::string_view lookup) {
  Bearer bearer{service.store().find_trigger_token(lookup, service.now()), {}};
  if (!bearer.trigger) bearer.job = service.store().find_job_token(lookup);
  return bearer;
}

bool use_trigger_token(const Call& call, const TriggerToken& token, std::string_view lookup, Creating& creating) {
  if (!equal_secrets(token.lookup, lookup) || token.project_id != creating.request.project->id) return false;
  creating.request.source = PipelineSource::trigger;
  creating.request.user = user_of(call, token.owner_id);
  creating.request.short_token = token.short_token;
  creating.trigger_id = token.id;
  return true;
}

bool use_job_token(const Call& call, const JobToken& job, std::string_view lookup, Creating& creating) {
  if (!equal_secrets(job.lookup, lookup)) return false;
  const Project* from = call.configuration().project(job.project_id);
  if (job.state == JobState::erased) throw failure(Failure::job_erased);
  if (from == nullptr) throw failure(Failure::job_project_deleted);
  if (job.state != JobState::running) throw failure(Failure::job_not_running);
  const Project& project = *creating.request.project;
  const User* user = user_of(call, job.user_id);
  const auto& admitted = project.job_token_projects;
  const bool is_admitted = from == &project || std::ranges::count(admitted, from->path) > 0;
  if (!is_admitted || !may_read(project, user)) return false;
  creating.request.source = PipelineSource::pipeline;
  creating.request.user = user;
  creating.upstream_job_id = job.job_id;
  return true;
}

bool use_token(const Call& call, const Bearer& bearer, std::string_view lookup, Creating& creating) {
  if (bearer.trigger) return use_trigger_token(call, *bearer.trigger, lookup, creating);
  return bearer.job && use_job_token(call, *bearer.job, lookup, creating);
}

// Behind the token.
void create_by_token(const CallPointer& call, Creating creating) {
  CreationRequest& request = creating.request;
  request.ref = *call->text("ref");
  request.inputs = given_inputs(*call);
  request.variables.push_back(trigger_payload(call->parameters));
  creating.dry_run = call->flag("dry_run");
  creating.saves_failed = true;
  create(call, std::move(creating));
}

}  // namespace

void trigger_pipeline(const CallPointer& call) {
  check_parameters(*call);
  // A pipeline that tells of itself would start the next one, and so on.
  if (call->request.header("X-Gitlab-Event") == "Pipeline Hook") throw failure(Failure::forbidden);
  Creating creating;
  CreationRequest& request = creating.request;
  request.variables = given_variables(call->parameter("variables"));
  request.project = call->configuration().find_project(call->from_path("id"));
  if (request.project == nullptr) throw failure(Failure::not_found);
  const std::string token = call->text("token").value_or("");
  count_call(*call, token);
  std::string lookup = call->service.key().lookup(token);
  if (const Bearer known = known_bearer(call->service, lookup); known.trigger || known.job) {
    if (!use_token(*call, known, lookup, creating)) throw failure(Failure::not_found);
    create_by_token(call, std::move(creating));
    return;
  }
  call->service.ask_store(call, [lookup = std::move(lookup), creating = std::move(creating)](const CallPointer& one) {
    Creating found = creating;
    if (!use_token(*one, find_bearer(one->service, lookup), lookup, found)) throw failure(Failure::not_found);
    create_by_token(one, std::move(found));
  });
}

}  // namespace willrun::server::api
