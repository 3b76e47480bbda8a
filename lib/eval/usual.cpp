// The usual ways in which a pipeline starts.
#include <willrun/trigger.hpp>

namespace willrun {

namespace {

// The facts of one trigger under another source and ref.
Trigger as(const Trigger& facts, PipelineSource source, RefKind kind, std::string ref) {
  Trigger made = facts;
  made.source = source;
  made.ref_kind = kind;
  made.ref = std::move(ref);
  made.before_sha = std::string(40, '0');
  if (kind != RefKind::merge_request) made.merge_request.reset();
  if (kind == RefKind::merge_request && !made.merge_request) {
    made.merge_request.emplace();
    made.merge_request->target_branch = facts.default_branch;
  }
  made.ref_protected = made.ref == facts.default_branch && kind == RefKind::branch;
  return made;
}

}  // namespace

std::vector<UsualTrigger> usual_triggers(const Trigger& facts) {
  using Source = PipelineSource;
  const std::string& main = facts.default_branch;
  const std::string branch = facts.ref_kind != RefKind::tag && facts.ref != main ? facts.ref : "feature";
  Trigger push = as(facts, Source::push, RefKind::branch, main);
  push.before_sha = std::string(40, 'b');
  return {
      {"push " + main, std::move(push)},
      {"push " + branch, as(facts, Source::push, RefKind::branch, branch)},
      {"push tag", as(facts, Source::push, RefKind::tag, "v1.0.0")},
      {"mr", as(facts, Source::merge_request_event, RefKind::merge_request, branch)},
      {"schedule", as(facts, Source::schedule, RefKind::branch, main)},
      {"web", as(facts, Source::web, RefKind::branch, main)},
      {"api", as(facts, Source::api, RefKind::branch, main)},
      {"trigger", as(facts, Source::trigger, RefKind::branch, main)},
  };
}

}  // namespace willrun
