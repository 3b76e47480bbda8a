// /projects/:id/jobs/:job_id/token, which GitLab does not have: there a runner gets the token of a job that it starts.
// This server runs no jobs, so a Maintainer says that a job runs, and gets its CI_JOB_TOKEN.
#include "server/access.hpp"
#include "server/api/answers.hpp"
#include "server/api/endpoints.hpp"

namespace willrun::server::api {

void start_job(const CallPointer& call) {
  const Member member = require_role(*call, Role::maintainer);
  Service& service = call->service;
  const Id job_id = call->id_from_path("job_id");
  const auto pipeline = service.store().pipeline_of_job(member.project.id, job_id);
  if (!pipeline) throw failure(Failure::record_not_found);
  const std::string secret = new_job_token();
  const JobToken token{
      job_id, member.project.id, pipeline->id, pipeline->user_id, service.key().lookup(secret), JobState::running};
  service.store().start_job(
      token,
      answering<JobToken>(call, failure(Failure::internal), [secret](const CallPointer& one, const JobToken& job) {
        answer_json(*one, 201, {{"job_id", job.job_id}, {"status", "running"}, {"token", secret}});
      }));
}

void end_job(const CallPointer& call) {
  const Member member = require_role(*call, Role::maintainer);
  const JobState state = call->flag("erase") ? JobState::erased : JobState::finished;
  call->service.store().end_job(
      member.project.id, call->id_from_path("job_id"), state,
      answering<JobToken>(call, failure(Failure::record_not_found), [](const CallPointer& one, const JobToken& job) {
        answer_json(*one, 200,
                    {{"job_id", job.job_id}, {"status", job.state == JobState::erased ? "erased" : "success"}});
      }));
}

}  // namespace willrun::server::api
