// Rules of jobs that make a pipeline of a branch and one of its merge request.
#include <algorithm>

#include <fmt/format.h>

#include "lint/check.hpp"

namespace willrun::lint {

namespace {

// A push to a branch that has a merge request, as rules see it that keep such pipelines apart.
UsualPipeline push_beside_merge_request(const Subject& subject) {
  for (UsualTrigger& usual : usual_triggers({})) {
    if (usual.trigger.ref_kind != RefKind::branch || usual.trigger.ref == usual.trigger.default_branch) continue;
    usual.trigger.open_merge_requests = {"group/project!1"};
    return decide_usual(subject.model, subject.program, std::move(usual));
  }
  return {};
}

// The two pipelines of one change.
struct Pair {
  UsualPipeline push;
  const UsualPipeline* merge_request = nullptr;  // of the subject; none: there are not two
};

Pair pair_of(const Subject& subject) {
  Pair pair{push_beside_merge_request(subject)};
  const auto found = std::ranges::find_if(
      subject.usual, [](const UsualPipeline& usual) { return usual.trigger.ref_kind == RefKind::merge_request; });
  if (found != subject.usual.end() && found->starts && pair.push.starts) pair.merge_request = &*found;
  return pair;
}

// A job that is in both; one says it for all, since what helps stands in the workflow.
const model::Job* job_of_both(const Subject& subject, const Pair& pair) {
  const auto& jobs = subject.model.jobs;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const bool both = !pair.merge_request->left_out[i] && !pair.push.left_out[i];
    if (both && jobs[i].rules && !depends_on_files(jobs[i])) return &jobs[i];
  }
  return nullptr;
}

// A job with rules that is in this pipeline whatever settings and files are.
const model::Job* sure_job(const Subject& subject, const UsualPipeline& usual) {
  const auto& jobs = subject.model.jobs;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (jobs[i].rules && !depends_on_files(jobs[i]) && !usual.left_out[i] && surely_in(subject.model, jobs[i], usual))
      return &jobs[i];
  }
  return nullptr;
}

void find_pipelines_twice(const Subject& subject, Findings& findings) {
  if (subject.model.workflow.rules) return;
  const Pair pair = pair_of(subject);
  if (pair.merge_request == nullptr) return;
  const auto name = [&](const model::Job& job) { return subject.tree.text(job.key); };
  const std::string help = "let `workflow:rules` keep one of them";
  if (const model::Job* both = job_of_both(subject, pair)) {
    return findings.add(both->name.span,
                        fmt::format("a push to a branch that has a merge request starts two pipelines with {}: the "
                                    "branch's and the merge request's",
                                    name(*both)),
                        help);
  }
  const model::Job* of_push = sure_job(subject, pair.push);
  const model::Job* of_request = sure_job(subject, *pair.merge_request);
  if (of_push == nullptr || of_request == nullptr) return;
  findings.add(of_request->name.span,
               fmt::format("a push to a branch that has a merge request starts two pipelines: the branch's with {}, "
                           "and the merge request's with {}",
                           name(*of_push), name(*of_request)),
               help, {}, Label{of_push->name.span, "the branch's"});
}

}  // namespace

extern const Check pipelines_twice;
const Check pipelines_twice = {diag::Code::many_pipelines,
                               "GitLab itself warns of rules without conditions only. Without `workflow:rules` each "
                               "job decides for itself whether it belongs to branches or to merge requests.",
                               find_pipelines_twice};

}  // namespace willrun::lint
