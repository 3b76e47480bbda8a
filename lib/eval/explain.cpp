// Explanations: the one evaluator, watched.
#include <willrun/explain.hpp>

#include <algorithm>

#include "eval/decide.hpp"
#include "eval/recorder.hpp"

namespace willrun {

namespace {

// The job of this name, or the first instance of this base; and how many instances share the base.
struct FoundJob {
  std::optional<std::uint32_t> number;
  std::uint32_t instances = 0;
};

FoundJob find_job(const std::vector<model::Job>& jobs, std::string_view name) {
  FoundJob found;
  for (std::uint32_t i = 0; i < jobs.size(); ++i) {
    if (jobs[i].name.value == name) return {i, 0};
    if (jobs[i].instance == 0 || jobs[i].base != name) continue;
    if (!found.number) found.number = i;
    ++found.instances;
  }
  return found;
}

Decision decide_watched(const Program& program, const Trigger& trigger, eval::RuleObserver* observer) {
  if (auto early = eval::refuse_early(trigger, program.compiled().limits)) return std::move(*early);
  return eval::decide(program.shared(), trigger, observer);
}

bool is_in(const Decision& decision, std::optional<std::uint32_t> job) {
  return decision.status == Decision::Status::created &&
         (!job || std::ranges::count(decision.jobs, *job, &JobDecision::job) > 0);
}

std::vector<std::string> usual_ways(const Program& program, const Trigger& trigger, std::optional<std::uint32_t> job) {
  std::vector<std::string> names;
  for (const UsualTrigger& usual : usual_triggers(trigger)) {
    if (is_in(decide_watched(program, usual.trigger, nullptr), job)) names.push_back(usual.name);
  }
  return names;
}

}  // namespace

Explanation explain(const Program& program, const Trigger& trigger, std::string_view job) {
  const std::vector<model::Job>& jobs = program.compiled().model->jobs;
  const FoundJob found = find_job(jobs, job);
  Explanation explanation;
  explanation.job = found.number;
  explanation.instances = found.instances;
  if (found.number) explanation.job_name = jobs[*found.number].name.value;
  eval::Recorder recorder(program.compiled(), trigger, found.number);
  explanation.decision = decide_watched(program, trigger, &recorder);
  if (!is_in(explanation.decision, found.number)) {
    const bool by_workflow = explanation.decision.stopped_at == Step::workflow;
    explanation.way_in = (by_workflow ? recorder.workflow() : recorder.job_rules()).way_in();
    explanation.usual = usual_ways(program, trigger, found.number);
  }
  explanation.workflow = std::move(recorder.workflow().rules);
  explanation.rules = std::move(recorder.job_rules().rules);
  explanation.policies = std::move(recorder.policies());
  return explanation;
}

std::vector<std::string_view> job_names(const Program& program) {
  std::vector<std::string_view> names;
  for (const model::Job& job : program.compiled().model->jobs) {
    if (job.instance == 1) names.push_back(job.base);
    names.push_back(job.name.value);
  }
  return names;
}

}  // namespace willrun
