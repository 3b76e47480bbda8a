// A need on a job that some usual way of starting the pipeline leaves out.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "eval/decide.hpp"
#include "lint/check.hpp"

namespace willrun::lint {

namespace {

// Whether files decide about a job, which nobody knows here.
bool depends_on_files(const model::Job& job) {
  return job.rules && std::ranges::any_of(*job.rules, [](const model::Rule& rule) { return rule.exists.has_value(); });
}

class Search {
 public:
  explicit Search(const Subject& subject) : subject_(subject) {
    for (std::uint32_t i = 0; i < subject.model.jobs.size(); ++i) jobs_.emplace(subject.model.jobs[i].name.value, i);
  }

  void look_at(const UsualTrigger& usual) {
    const Decision decision = eval::decide(subject_.program, usual.trigger);
    if (decision.stopped_at != Step::jobs && decision.stopped_at != Step::none) return;
    std::set<std::string_view> left_out;
    for (const LeftOutJob& job : decision.left_out) left_out.insert(job.name);
    for (const model::Job& job : subject_.model.jobs) {
      if (left_out.contains(job.name.value) || depends_on_files(job)) continue;
      for (const model::Need& need : job.needs) {
        const auto needed = jobs_.find(need.job.value);
        if (need.optional || needed == jobs_.end() || !left_out.contains(need.job.value)) continue;
        if (!depends_on_files(subject_.model.jobs[needed->second])) note(job, need, usual.name);
      }
    }
  }

  void tell(Findings& findings) const {
    for (const auto& [place, found] : found_) {
      findings.add(found.need->job.span,
                   fmt::format("{} needs {}, which is left out of: {}; GitLab refuses the whole pipeline then",
                               found.job->name.value, found.need->job.value, fmt::join(found.names, ", ")),
                   "write `optional: true`, or give both jobs the same rules");
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
  for (const UsualTrigger& usual : usual_triggers({})) search.look_at(usual);
  search.tell(findings);
}

}  // namespace

extern const Check need_removed;
const Check need_removed = {
    diag::Code::need_removed,
    "A job that needs one which its rules left out makes the whole pipeline fail. Looked at are pushes to the default "
    "branch, another one and a tag, merge request, schedule, web, API and trigger, without further variables.",
    run};

}  // namespace willrun::lint
