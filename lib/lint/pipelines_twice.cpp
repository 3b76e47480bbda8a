// Job rules that take both the pipeline of a branch and that of its merge request.
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

void run(const Subject& subject, Findings& findings) {
  const auto& jobs = subject.model.jobs;
  const bool by_rules = std::ranges::any_of(jobs, [](const model::Job& job) { return job.rules.has_value(); });
  if (subject.model.workflow.rules || !by_rules) return;
  const auto merge_request = std::ranges::find_if(
      subject.usual, [](const UsualPipeline& usual) { return usual.trigger.ref_kind == RefKind::merge_request; });
  const UsualPipeline push = push_beside_merge_request(subject);
  if (merge_request == subject.usual.end() || !merge_request->starts || !push.starts) return;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (!jobs[i].rules || depends_on_files(jobs[i]) || merge_request->left_out[i] || push.left_out[i]) continue;
    // One says it for all: what helps stands in the workflow.
    return findings.add(jobs[i].name.span,
                        fmt::format("a push to a branch that has a merge request starts two pipelines with {}: the "
                                    "branch's and the merge request's",
                                    subject.tree.text(jobs[i].key)),
                        "let `workflow:rules` keep one of them");
  }
}

}  // namespace

extern const Check pipelines_twice;
const Check pipelines_twice = {diag::Code::many_pipelines,
                               "GitLab itself warns of rules without conditions only. Without `workflow:rules` each "
                               "job decides for itself whether it belongs to branches or to merge requests.",
                               run};

}  // namespace willrun::lint
