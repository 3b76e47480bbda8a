#include "server/source_facts.hpp"

#include "server/abilities.hpp"

namespace willrun::server {

namespace {

void add_push(const ProjectRepository& repository, Trigger& trigger) {
  if (trigger.ref_kind != RefKind::branch) return;
  const auto before = repository.parent(trigger.sha);
  if (!before) return;
  trigger.before_sha = *before;
  trigger.changed_files = repository.compare(*before, trigger.sha);
}

void add_merge_request(const ProjectRepository& repository, const CreationRequest& request, Trigger& trigger) {
  if (trigger.ref_kind != RefKind::branch) return;
  trigger.ref_kind = RefKind::merge_request;
  MergeRequest& made = trigger.merge_request.emplace();
  made.target_branch = request.target_branch.empty() ? repository.default_branch() : request.target_branch;
  made.source_protected = trigger.ref_protected;
  made.target_protected = is_protected(*request.project, repository.default_branch(), made.target_branch);
  trigger.changed_files = repository.compare(made.target_branch, trigger.sha);
}

}  // namespace

void add_source_facts(const ProjectRepository& repository, const CreationRequest& request, Trigger& trigger) {
  switch (request.source) {
    case PipelineSource::push: add_push(repository, trigger); break;
    case PipelineSource::merge_request_event: add_merge_request(repository, request, trigger); break;
    case PipelineSource::schedule: trigger.schedule_variables = std::exchange(trigger.variables, {}); break;
    default: break;
  }
}

}  // namespace willrun::server
