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
