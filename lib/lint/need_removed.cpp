// A need on a job that some usual way of starting the pipeline leaves out.
#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lint/check.hpp"

namespace willrun::lint {

namespace {

class Search {
 public:
  explicit Search(const Subject& subject) : subject_(subject) {
    for (std::uint32_t i = 0; i < subject.model.jobs.size(); ++i) jobs_.emplace(subject.model.jobs[i].name.value, i);
  }

  void look_at(const UsualPipeline& usual) {
    if (!usual.starts) return;
    const auto& jobs = subject_.model.jobs;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      if (usual.left_out[i] || depends_on_files(jobs[i])) continue;
      for (const model::Need& need : jobs[i].needs) {
        const auto needed = jobs_.find(need.job.value);
        if (need.optional || needed == jobs_.end() || !usual.left_out[needed->second]) continue;
        if (surely_left_out(subject_.model, jobs[needed->second], usual)) note(jobs[i], need, usual.name);
      }
    }
  }

  // Jobs that a variable of settings or a changed file lets in, needed by jobs that are there without it.
  void look_at_waiting(const UsualPipeline& usual) {
    if (!usual.starts) return;
    const auto& jobs = subject_.model.jobs;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      if (usual.left_out[i] || !surely_in(subject_.model, jobs[i], usual)) continue;
      for (const model::Need& need : jobs[i].needs) {
        const auto needed = jobs_.find(need.job.value);
        if (need.optional || needed == jobs_.end() || !usual.left_out[needed->second]) continue;
        const auto waiting = waits(subject_.model, jobs[needed->second], usual);
        if (!waiting || (waiting->variables.empty() && !waiting->changes)) continue;
        note(jobs[i], need, fmt::format("{} {}", usual.name, while_waiting(*waiting)));
      }
    }
  }

  void tell(Findings& findings) const {
    for (const auto& [place, found] : found_) {
      findings.add(found.need->job.span,
                   fmt::format("{} needs {}, which is left out of: {}; GitLab refuses the whole pipeline then",
                               subject_.tree.text(found.job->key), found.need->job.value, fmt::join(found.names, ", ")),
                   "write `optional: true`, or give both jobs the same rules", {},
                   Label{subject_.model.jobs[jobs_.at(found.need->job.value)].name.span, "left out there"});
    }
  }

 private:
  struct Found {
    const model::Job* job;
    const model::Need* need;
    std::vector<std::string> names;
  };

  static std::string while_waiting(const Waiting& waiting) {
    std::string said;
    if (!waiting.variables.empty())
      said = fmt::format("when ${} {} not set", fmt::join(waiting.variables, " and $"),
                         waiting.variables.size() == 1 ? "is" : "are");
    if (waiting.changes) said += fmt::format("{}no file of `changes` changed", said.empty() ? "when " : " and ");
    return said;
  }

  void note(const model::Job& job, const model::Need& need, const std::string& name) {
    const std::pair place(need.job.span.file, need.job.span.begin);
    Found& found = found_.try_emplace(place, Found{&job, &need, {}}).first->second;
    if (std::ranges::count(found.names, name) == 0) found.names.push_back(name);
  }

  const Subject& subject_;
  std::map<std::string_view, std::uint32_t> jobs_;
  std::map<std::pair<FileId, std::uint32_t>, Found> found_;
};

void find_need_removed(const Subject& subject, Findings& findings) {
  Search search(subject);
  for (const UsualPipeline& usual : subject.usual) search.look_at(usual);
  for (const UsualPipeline& usual : subject.usual) search.look_at_waiting(usual);
  for (const UsualPipeline& usual : unchanged_pipelines(subject.model, subject.program)) search.look_at_waiting(usual);
  search.tell(findings);
}

}  // namespace

extern const Check need_removed;
const Check need_removed = {
    diag::Code::need_removed,
    "A job that needs one which its rules left out makes the whole pipeline fail. Looked at are pushes to the default "
    "branch, another one and a tag, merge request, schedule, web, API and trigger. A needed job that waits for a "
    "variable of settings or for a change is told where the other job does not wait for anything. Names of projects "
    "and "
    "`exists` are left alone.",
    find_need_removed};

}  // namespace willrun::lint
