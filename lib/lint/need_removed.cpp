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

  void note(const model::Job& job, const model::Need& need, const std::string& name) {
    const std::pair place(need.job.span.file, need.job.span.begin);
    Found& found = found_.try_emplace(place, Found{&job, &need, {}}).first->second;
    if (std::ranges::count(found.names, name) == 0) found.names.push_back(name);
  }

  const Subject& subject_;
  std::map<std::string_view, std::uint32_t> jobs_;
  std::map<std::pair<FileId, std::uint32_t>, Found> found_;
};

void run(const Subject& subject, Findings& findings) {
  Search search(subject);
  for (const UsualPipeline& usual : subject.usual) search.look_at(usual);
  search.tell(findings);
}

}  // namespace

extern const Check need_removed;
const Check need_removed = {
    diag::Code::need_removed,
    "A job that needs one which its rules left out makes the whole pipeline fail. Looked at are pushes to the default "
    "branch, another one and a tag, merge request, schedule, web, API and trigger. A needed job that waits for "
    "variables of settings, for names of "
    "projects or for files is left alone.",
    run};

}  // namespace willrun::lint
