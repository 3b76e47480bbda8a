// /projects/:id/pipeline and /projects/:id/pipelines.
#include <algorithm>

#include <fmt/format.h>

#include "common/text.hpp"
#include "server/abilities.hpp"
#include "server/access.hpp"
#include "server/api/answers.hpp"
#include "server/api/creating.hpp"
#include "server/api/endpoints.hpp"
#include "server/api/pipeline_query.hpp"
#include "server/entities.hpp"

namespace willrun::server::api {

namespace {

Pipeline wanted_pipeline(const Call& call, const Project& project) {
  auto found = call.service.store().pipeline(project.id, call.id_from_path("pipeline_id"));
  if (!found) throw failure(Failure::record_not_found);
  return std::move(*found);
}

// [{key, value, variable_type}], as this endpoint takes them.
std::vector<Variable> variables_of(const Json& list) {
  std::vector<Variable> variables;
  if (list.is_null() || list == "") return variables;
  if (!list.is_array()) throw WrongParameters{400, "variables is invalid"};
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json& one = list[i];
    if (!one.is_object()) throw WrongParameters{400, "variables is invalid"};
    const auto text = [&](const char* name) {
      const auto found = one.find(name);
      if (found == one.end() || found->is_null()) return std::string();
      if (found->is_structured()) throw WrongParameters{400, fmt::format("variables[{}][{}] is invalid", i, name)};
      return found->is_string() ? found->get<std::string>() : to_text(*found);
    };
    const std::string type = text("variable_type");
    if (!type.empty() && type != "env_var" && type != "file")
      throw WrongParameters{400, fmt::format("variables[{}][variable_type] does not have a valid value", i)};
    Variable variable;
    variable.key = tools::stripped(text("key"));
    variable.value = text("value");
    variable.file = type == "file";
    variables.push_back(std::move(variable));
  }
  return variables;
}

// The parameter `scope`: one status, or a list of them; empty: all.
std::vector<std::string> wanted_statuses(const Call& call) {
  const Json& scope = call.parameter("scope");
  std::vector<std::string> wanted;
  const auto add = [&](const Json& one) {
    if (!one.is_string()) throw WrongParameters{400, "scope is invalid"};
    wanted.push_back(one.get<std::string>());
    if (!is_status(wanted.back())) throw WrongParameters{400, "scope does not have a valid value"};
  };
  if (scope.is_array()) {
    for (const Json& one : scope) add(one);
  } else if (!scope.is_null()) {
    add(scope);
  }
  return wanted;
}

void answer_jobs(const CallPointer& call, bool bridges) {
  Checks checks;
  std::vector<std::string> statuses;
  checks([&] { call->check_ids(); });
  checks([&] { statuses = wanted_statuses(*call); });
  const Paging wanted = paging(*call, checks);
  checks.finish();
  const Member member = require_reader(*call);
  const Pipeline pipeline = wanted_pipeline(*call, member.project);
  Json all = Entities(call->configuration())
                 .jobs(member.project, pipeline, call->service.store().job_tokens(pipeline.id), bridges);
  const auto is_other = [&](const Json& job) {
    return std::ranges::count(statuses, job["status"].get<std::string>()) == 0;
  };
  if (!statuses.empty()) all.erase(std::remove_if(all.begin(), all.end(), is_other), all.end());
  // GitLab shows the newest job first.
  const Json items = items_of_page(wanted, all.size(), [&](std::size_t i) { return all[all.size() - 1 - i]; });
  answer_page(*call, items, wanted, all.size());
}

}  // namespace

void create_pipeline(const CallPointer& call) {
  require_user(*call);
  Creating creating;
  Checks checks;
  // A name without a value is there, and names no ref.
  if (!call->parameters.contains("ref")) checks.add("ref is missing");
  checks([&] { creating.request.ref = call->text("ref").value_or(""); });
  checks([&] { creating.request.variables = variables_of(call->parameter("variables")); });
  checks([&] { creating.request.inputs = given_inputs(*call); });
  checks([&] { creating.dry_run = call->flag("dry_run"); });
  checks.finish();
  const Member member = require_role(*call, Role::none);
  if (!may_create_pipelines(member.project, *member.user)) throw failure(Failure::forbidden);
  creating.request.project = &member.project;
  creating.request.user = member.user;
  creating.request.source = PipelineSource::api;
  create(call, std::move(creating));
}

void list_pipelines(const CallPointer& call) {
  Checks checks;
  const Paging wanted = paging(*call, checks);
  const PipelineQuery query = pipeline_query(*call, wanted, checks);
  checks.finish();
  const Member member = require_reader(*call);
  const auto found = call->service.store().pipelines(member.project.id, query);
  Json items = Json::array();
  const Entities entities(call->configuration());
  for (const Pipeline& pipeline : found.items) items.push_back(entities.pipeline_basic(member.project, pipeline));
  answer_page(*call, items, wanted, found.total, found.has_next);
}

void show_pipeline(const CallPointer& call) {
  const Member member = require_reader(*call);
  answer_json_text(*call, 200,
                   Entities(call->configuration()).pipeline(member.project, wanted_pipeline(*call, member.project)));
}

void list_jobs(const CallPointer& call) { answer_jobs(call, false); }
void list_bridges(const CallPointer& call) { answer_jobs(call, true); }

void list_variables(const CallPointer& call) {
  const Member member = require_reader(*call);
  const Pipeline pipeline = wanted_pipeline(*call, member.project);
  if (member.role < Role::maintainer) throw failure(Failure::forbidden);
  answer_json(*call, 200, shown_variables(pipeline));
}

}  // namespace willrun::server::api
