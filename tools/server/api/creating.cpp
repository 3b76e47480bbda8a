#include "server/api/creating.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <willrun/report.hpp>

#include "common/text.hpp"
#include "server/api/answers.hpp"
#include "server/entities.hpp"
#include "server/gateway.hpp"

namespace willrun::server {

namespace {

Pipeline pipeline_of(const Creating& creating, const Creation& creation, Service& service) {
  Pipeline made;
  made.iid = creation.iid;  // 0: nothing asked for it, and the store gives it
  made.project_id = creating.request.project->id;
  made.user_id = creating.request.user->id;
  made.trigger_id = creating.trigger_id;
  made.short_token = creating.request.short_token;
  made.upstream_job_id = creating.upstream_job_id;
  made.source = to_string(creating.request.source);
  made.ref = creation.ref.name;
  made.tag = creation.ref.kind == ResolvedRef::Kind::tag;
  made.sha = creation.ref.sha;
  made.created_at = service.now();
  made.status = "created";
  made.name = creation.decided->decision.name;
  if (creation.decided->error.empty()) {
    made.job_count = static_cast<std::uint32_t>(creation.decided->decision.jobs.size());
    made.jobs = creation.decided->jobs;
  } else {
    made.status = "failed";
    made.failure_reason = creation.decided->decision.failure_reason;
    made.errors = creation.decided->error;
  }
  made.variables = stored_variables(creating.request.variables);
  return made;
}

void store(const CallPointer& call, const Creating& creating, const Creation& creation) {
  Service& service = call->service;
  const Project& project = *creating.request.project;
  if (creation.decided->error.empty()) {
    service.store().add_pipeline(
        pipeline_of(creating, creation, service),
        answering<Pipeline>(call, failure(Failure::internal), [&project](const CallPointer& one, const Pipeline& made) {
          one->service.metrics().pipeline("created");
          answer_json_text(*one, 201, Entities(one->configuration()).pipeline(project, made));
        }));
    return;
  }
  Response refusal = base_response(422, creation.decided->error, findings_text(creation));
  service.store().add_pipeline(
      pipeline_of(creating, creation, service),
      answering<Pipeline>(call, failure(Failure::internal), [refusal](const CallPointer& one, const Pipeline&) {
        one->service.metrics().pipeline("failed");
        one->service.answer(*one, refusal);
      }));
}

void finish(const CallPointer& call, const Creating& creating, const Creation& creation) {
  Service& service = call->service;
  const bool failed = !creation.decided->error.empty();
  const bool kept = failed && creation.decided->stored && creating.saves_failed;
  if (failed && (!kept || creating.dry_run)) {
    service.metrics().pipeline("refused");
    service.answer(*call, base_response(kept ? 422 : 400, creation.decided->error, findings_text(creation)));
  } else if (creating.dry_run) {
    answer_json_text(*call, 200, creation.decided->verdict());
  } else if (!failed && creating.request.project->forward) {
    service.later(call,
                  [forward = *creating.request.project->forward, path = creating.request.project->path](
                      const CallPointer& one) { one->service.answer(*one, server::forward(forward, path, *one)); });
  } else {
    store(call, creating, creation);
  }
}

// Whether it came to an end without waiting for more.
bool try_to_create(const CallPointer& call, const Creating& creating, MayWait may_wait) {
  const auto made = call->creator().create(creating.request, may_wait);
  if (made) finish(call, creating, *made);
  return made.has_value();
}

// As Rails writes JSON, which may stand in a page of HTML: `<`, `>`, `&`, U+2028 and U+2029 are escapes.
std::string escaped_for_html(std::string json) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEscapes = {
      {{"<", "\\u003c"}, {">", "\\u003e"}, {"&", "\\u0026"}, {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xA9", "\\u2029"}}};
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = json.find_first_of("<>&\xE2"); at != std::string::npos;
       at = json.find_first_of("<>&\xE2", at + 1)) {
    const auto escape = std::ranges::find_if(
        kEscapes, [&](const auto& one) { return json.compare(at, one.first.size(), one.first) == 0; });
    if (escape == kEscapes.end()) continue;
    out.append(json, done, at - done).append(escape->second);
    done = at + escape->first.size();
  }
  if (done == 0) return json;
  return out.append(json, done);
}

}  // namespace

std::string findings_text(const Creation& creation) {
  static const SourceFiles kNone;
  const bool loaded = creation.compiled != nullptr;
  const std::string text = loaded ? to_json(creation.decided->decision, creation.compiled->config.diagnostics(),
                                            creation.compiled->config.files())
                                  : to_json(creation.decided->decision, {}, kNone);
  return to_text(Json::parse(text));
}

Json given_inputs(const Call& call) {
  const Json& inputs = call.parameter("inputs");
  const bool none = inputs.is_null() || inputs == "";
  if (!none && !inputs.is_object()) throw WrongParameters{400, "inputs is invalid"};
  return none ? Json(nullptr) : inputs;
}

Variable trigger_payload(const Json& parameters) {
  static const Json kNone = Json::object();
  JsonText payload;
  payload.open_object();
  for (const auto& [name, value] : parameters.items()) {
    if (name == "token" || name == "dry_run") continue;  // the second is ours, and no parameter of GitLab
    payload.given_key(name);
    payload.value(name == "variables" && !value.is_object() ? kNone : value);
  }
  if (!parameters.contains("variables")) payload.member("variables", kNone);
  payload.close_object();
  Variable variable;
  variable.key = "TRIGGER_PAYLOAD";
  variable.value = escaped_for_html(payload.text());
  variable.file = true;
  return variable;
}

std::vector<Variable> given_variables(const Json& map) {
  std::vector<Variable> variables;
  if (map.is_null() || map == "") return variables;
  if (!map.is_object()) throw WrongParameters{400, "variables is invalid"};
  for (const auto& [key, value] : map.items()) {
    if (!value.is_string()) throw failure(Failure::variables_not_texts);
    Variable variable;
    variable.key = tools::stripped(key);
    variable.value = value.get<std::string>();
    variables.push_back(std::move(variable));
  }
  return variables;
}

void create(const CallPointer& call, Creating creating) {
  Service& service = call->service;
  const Project& project = *creating.request.project;
  CreationRequest& request = creating.request;
  request.iid = [&service, &project, take = !creating.dry_run] { return service.store().next_iid(project.id, take); };
  if (project.pipelines_per_minute > 0 && !creating.dry_run) {
    request.limited = [&service, &project, user = request.user->id](const std::string& sha) {
      return !service.pipelines_by_commit().admit(std::to_string(project.id) + "/" + std::to_string(user) + "/" + sha,
                                                  project.pipelines_per_minute, service.now());
    };
  }
  if (try_to_create(call, creating, MayWait::for_nothing)) return;
  service.later(call, [creating = std::move(creating)](const CallPointer& one) {
    if (try_to_create(one, creating, MayWait::for_files)) return;
    one->service.ask_store(one,
                           [creating](const CallPointer& last) { try_to_create(last, creating, MayWait::for_all); });
  });
}

}  // namespace willrun::server
