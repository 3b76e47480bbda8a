// GET /projects/:id/explain, which GitLab does not have: why a job is in a pipeline, or is not.
#include <willrun/nearest.hpp>
#include <willrun/report.hpp>

#include "server/access.hpp"
#include "server/api/answers.hpp"
#include "server/api/asked.hpp"
#include "server/api/creating.hpp"
#include "server/api/endpoints.hpp"

namespace willrun::server::api {

namespace {

std::string no_such_job(const Decision& decision, std::string_view job) {
  std::vector<std::string_view> names;
  for (const JobDecision& one : decision.jobs) names.push_back(one.name);
  for (const LeftOutJob& one : decision.left_out) names.push_back(one.name);
  const std::string meant = suggestion(job, names);
  return "there is no job `" + std::string(job) + "`" + (meant.empty() ? "" : "; " + meant);
}

}  // namespace

void explain_job(const CallPointer& call) {
  const Member member = require_role(*call, Role::developer);
  const CreationRequest request = asked_request(*call, member);
  const std::string job = call->text("job").value_or("");
  const auto made = call->creator().create(request, MayWait::for_all);
  if (!made->compiled || !made->compiled->program) {
    call->service.answer(*call, base_response(400, made->decided->error, findings_text(*made)));
    return;
  }
  const Explanation explained = explanation_for(member, *made, job);
  if (!job.empty() && !explained.job) throw message_response(404, no_such_job(explained.decision, job));
  answer_json_text(*call, 200, to_json(explained, {}, job, made->compiled->config.files()));
}

}  // namespace willrun::server::api
