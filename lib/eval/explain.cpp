// Explanations: the one evaluator, watched.
#include <willrun/explain.hpp>

#include <algorithm>

#include "eval/decide.hpp"
#include "eval/recorder.hpp"

namespace willrun {

namespace {

// The numbers of the job of this name, or of all instances of this base.
std::vector<std::uint32_t> find_jobs(const std::vector<model::Job>& jobs, std::string_view name) {
  std::vector<std::uint32_t> instances;
  for (std::uint32_t i = 0; i < jobs.size(); ++i) {
    if (jobs[i].name.value == name) return {i};
    if (jobs[i].instance > 0 && jobs[i].base == name) instances.push_back(i);
  }
  return instances;
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
  const std::vector<std::uint32_t> found = find_jobs(jobs, job);
  Explanation explanation;
  if (!found.empty()) explanation.job = found.front();
  if (found.size() > 1) {
    // One that is left out has more to tell.
    const Decision decision = decide_watched(program, trigger, nullptr);
    for (const std::uint32_t one : found) explanation.instances.push_back({jobs[one].name.value, is_in(decision, one)});
    const auto out = std::ranges::find(explanation.instances, false, &ExplainedInstance::in_pipeline);
    if (out != explanation.instances.end())
      explanation.job = found[static_cast<std::size_t>(out - explanation.instances.begin())];
  }
  if (explanation.job) explanation.job_name = jobs[*explanation.job].name.value;
  eval::Recorder recorder(program.compiled(), trigger, explanation.job);
  explanation.decision = decide_watched(program, trigger, &recorder);
  if (!is_in(explanation.decision, explanation.job)) {
    const bool by_workflow = explanation.decision.stopped_at == Step::workflow;
    const auto works = [&](const Trigger& supposed) {
      const Decision decision = decide_watched(program, supposed, nullptr);
      return by_workflow ? decision.status == Decision::Status::created : is_in(decision, explanation.job);
    };
    explanation.way_in = (by_workflow ? recorder.workflow() : recorder.job_rules()).way_in(trigger, works);
    explanation.usual = usual_ways(program, trigger, explanation.job);
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
