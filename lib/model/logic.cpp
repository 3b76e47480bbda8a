#include "model/logic.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/components.hpp"
#include "base/utf8.hpp"

namespace willrun::model {

namespace {

using StageOrder = std::unordered_map<std::string_view, std::size_t>;
using JobIndex = std::unordered_map<std::string_view, std::uint32_t>;

constexpr std::size_t kLongestName = 255;  // characters

class Logic {
 public:
  Logic(const Model& model, Findings& findings) : model_(model), findings_(findings) {
    for (std::size_t i = 0; i < model.stages.size(); ++i) stages_.emplace(model.stages[i].value, i);
    for (std::uint32_t i = 0; i < model.jobs.size(); ++i) jobs_.emplace(model.jobs[i].name.value, i);
  }

  void run() {
    const bool sound =
        std::all_of(model_.jobs.begin(), model_.jobs.end(), [&](const Job& job) { return is_sound(job); });
    if (sound) refuse_circles();
  }

 private:
  bool is_sound(const Job& job) {
    return stage_exists(job) && dependencies_are_sound(job) && needs_are_sound(job) && artifact_jobs_are_sound(job) &&
           environment_is_sound(job) && publishes_once(job);
  }

  bool refuse(diag::Code code, std::string text, Span span) {
    findings_.plain(code, std::move(text), span);
    return false;
  }

  bool stage_exists(const Job& job) {
    if (stages_.contains(job.stage.value)) return true;
    std::vector<std::string_view> known;
    for (const Text& stage : model_.stages) known.push_back(stage.value);
    return refuse(diag::Code::stage_unknown,
                  fmt::format("{} job: chosen stage {} does not exist; available stages are {}", job.name.value,
                              job.stage.value, fmt::join(known, ", ")),
                  job.stage.span);
  }

  bool needs_are_sound(const Job& job) {
    if (!all_defined(job, job.needs)) return false;
    if (!job.rules) return true;
    return std::all_of(job.rules->begin(), job.rules->end(),
                       [&](const Rule& rule) { return all_defined(job, rule.needs); });
  }

  bool all_defined(const Job& job, const std::vector<Need>& needs) {
    for (const Need& need : needs) {
      if (!is_defined(job, need.job, "need", need.optional)) return false;
    }
    return no_duplicates(job, needs);
  }

  // Another job that a job refers to is there, and does not run later.
  bool is_defined(const Job& job, const Text& other, std::string_view relation, bool optional = false) {
    const auto found = jobs_.find(other.value);
    if (found == jobs_.end()) {
      if (optional) return true;
      return refuse(diag::Code::job_invalid,
                    fmt::format("{} job: undefined {}: {}", job.name.value, relation, other.value), other.span);
    }
    if (relation == "need" && utf8::length(other.value) > kLongestName) {
      return refuse(diag::Code::job_invalid,
                    fmt::format("{} job: need `{}` name is too long (maximum is {} characters)", job.name.value,
                                other.value, kLongestName),
                    other.span);
    }
    const auto stage = stages_.find(model_.jobs[found->second].stage.value);
    if (stage == stages_.end() || stage->second <= stages_.at(job.stage.value)) return true;
    return refuse(
        diag::Code::job_invalid,
        fmt::format("{} job: {} {} is not defined in current or prior stages", job.name.value, relation, other.value),
        other.span);
  }

  bool dependencies_are_sound(const Job& job) {
    if (!job.dependencies) return true;
    return std::ranges::all_of(*job.dependencies,
                               [&](const Text& other) { return is_defined(job, other, "dependency"); });
  }

  // A child pipeline's file that another job makes.
  bool artifact_jobs_are_sound(const Job& job) {
    return std::ranges::all_of(job.artifact_jobs,
                               [&](const Text& other) { return is_defined(job, other, "dependency"); });
  }

  bool environment_is_sound(const Job& job) {
    if (!job.environment || !job.environment->on_stop) return true;
    const Text& other = *job.environment->on_stop;
    const auto refused = [&](std::string_view why) {
      return refuse(diag::Code::job_invalid, fmt::format("{} job: on_stop job {} {}", job.name.value, other.value, why),
                    other.span);
    };
    const auto found = jobs_.find(other.value);
    if (found == jobs_.end()) return refused("is not defined");
    const auto& environment = model_.jobs[found->second].environment;
    if (!environment) return refused("does not have environment defined");
    if (environment->name.value != job.environment->name.value) return refused("have different environment name");
    return environment->action == "stop" || refused("needs to have action stop defined");
  }

  bool publishes_once(const Job& job) {
    if (!job.publishes_twice) return true;
    return refuse(diag::Code::job_invalid,
                  fmt::format("Either the `publish` or `pages.publish` option may be present in `.gitlab-ci.yml`, but "
                              "not both."),
                  job.name.span);
  }

  bool no_duplicates(const Job& job, const std::vector<Need>& needs) {
    std::unordered_map<std::string_view, int> seen;
    std::vector<std::string_view> twice;
    for (const Need& need : needs) {
      if (++seen[need.job.value] == 2) twice.push_back(need.job.value);
    }
    if (twice.empty()) return true;
    return refuse(diag::Code::job_invalid,
                  fmt::format("{} has the following needs duplicated: {}.", job.name.value, fmt::join(twice, ", ")),
                  needs.front().job.span);
  }

  std::vector<std::uint32_t> needed_by(std::uint32_t job) const {
    std::vector<std::uint32_t> targets;
    for (const Need& need : model_.jobs[job].needs) {
      if (const auto found = jobs_.find(need.job.value); found != jobs_.end()) targets.push_back(found->second);
    }
    return targets;
  }

  // Needs of rules are not looked at: GitLab does not see circles through them.
  void refuse_circles() {
    constexpr std::string_view kPrefix = "The pipeline has circular dependencies: ";
    std::vector<std::vector<std::uint32_t>> targets;
    for (std::uint32_t job = 0; job < model_.jobs.size(); ++job) {
      targets.push_back(needed_by(job));
      if (std::ranges::count(targets.back(), job) == 0) continue;
      const Text& name = model_.jobs[job].name;
      refuse(diag::Code::job_invalid, fmt::format("{}self-dependency: {}", kPrefix, name.value), name.span);
      return;
    }
    for (const std::vector<std::uint32_t>& component : strongly_connected_components(targets)) {
      if (component.size() == 1) continue;
      std::string names;
      for (const std::uint32_t job : component) {
        names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", model_.jobs[job].name.value);
      }
      refuse(diag::Code::job_invalid, fmt::format("{}topological sort failed: [{}]", kPrefix, names),
             model_.jobs[component.front()].name.span);
      return;
    }
  }

  const Model& model_;
  Findings& findings_;
  StageOrder stages_;
  JobIndex jobs_;
};

}  // namespace

void check_logic(const Model& model, Findings& findings) { Logic(model, findings).run(); }

}  // namespace willrun::model
