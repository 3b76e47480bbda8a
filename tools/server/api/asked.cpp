#include "server/api/asked.hpp"

#include <algorithm>
#include <array>

#include "server/api/answers.hpp"
#include "server/api/creating.hpp"

namespace willrun::server {

namespace {

PipelineSource wanted_source(const Call& call) {
  const auto word = call.text("source");
  if (!word) return PipelineSource::trigger;
  const auto source = parse_source(*word);
  // The others stand on facts that a request does not give.
  constexpr std::array kOffered = {PipelineSource::push,
                                   PipelineSource::web,
                                   PipelineSource::trigger,
                                   PipelineSource::api,
                                   PipelineSource::schedule,
                                   PipelineSource::pipeline,
                                   PipelineSource::merge_request_event};
  if (!source || std::ranges::count(kOffered, *source) == 0)
    throw error_response(400, "source does not have a valid value");
  return *source;
}

// What a trigger call of the same ref, variables and inputs would have in TRIGGER_PAYLOAD.
Variable payload_of(const Call& call, const std::string& ref) {
  constexpr std::array<std::string_view, 5> kNotOfTrigger = {"source", "target_branch", "job", "private_token",
                                                             "access_token"};
  Json parameters = Json::object();
  if (!call.parameters.contains("ref")) parameters["ref"] = ref;
  for (const auto& [name, value] : call.parameters.items()) {
    if (std::ranges::count(kNotOfTrigger, name) == 0) parameters[name] = value;
  }
  return trigger_payload(parameters);
}

void hide_settings(std::vector<ExplainedRule>& rules) {
  for (ExplainedRule& rule : rules) {
    for (ReadVariable& variable : rule.read) {
      if (variable.value && variable.level.find("settings") != std::string_view::npos) variable.value = "[hidden]";
    }
  }
}

}  // namespace

CreationRequest asked_request(const Call& call, const Member& member) {
  CreationRequest request;
  request.project = &member.project;
  request.user = member.user;
  request.source = wanted_source(call);
  request.ref = call.text("ref").value_or(call.creator().repository(member.project).default_branch());
  request.target_branch = call.text("target_branch").value_or("");
  request.inputs = given_inputs(call);
  request.variables = given_variables(call.parameter("variables"));
  if (request.source == PipelineSource::trigger) request.variables.push_back(payload_of(call, request.ref));
  request.wants_trigger = true;
  return request;
}

Explanation explanation_for(const Member& member, const Creation& creation, std::string_view job) {
  Explanation explained = explain(*creation.compiled->program, creation.trigger, job);
  if (member.role < Role::maintainer) {
    hide_settings(explained.workflow);
    hide_settings(explained.rules);
  }
  return explained;
}

}  // namespace willrun::server
