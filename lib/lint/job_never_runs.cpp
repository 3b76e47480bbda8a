// A job whose rules no usual way of starting the pipeline satisfies.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "lint/check.hpp"

namespace willrun::lint {

namespace {

// What the usual triggers decide among themselves. A condition on anything else may hold for someone.
constexpr std::array<std::string_view, 6> kDecided = {"CI_PIPELINE_SOURCE",  "CI_COMMIT_BRANCH",
                                                      "CI_COMMIT_TAG",       "CI_MERGE_REQUEST_IID",
                                                      "CI_MERGE_REQUEST_ID", "CI_DEFAULT_BRANCH"};
constexpr std::array<std::string_view, 6> kUsualSources = {"push",   "merge_request_event", "schedule", "web", "api",
                                                           "trigger"};

bool is_decided(const Condition& condition) {
  return std::ranges::all_of(condition.tree.nodes, [&](const expr::Node& node) {
    if (!expr::is_operand(node.kind)) return true;
    const std::string_view text = node.content.of(condition.text);
    switch (node.kind) {
      case expr::TokenKind::variable: return std::ranges::count(kDecided, text) > 0;
      case expr::TokenKind::string: return std::ranges::count(kUsualSources, text) > 0;
      case expr::TokenKind::pattern:
      case expr::TokenKind::input: return false;
      default: return true;
    }
  });
}

// Whether files decide about a rule. Any file may have changed, so `changes` lets a job in; but not where it takes it
// out or compares with a ref that nobody knows here.
bool asks_for_files(const model::Rule& rule) {
  return rule.exists || (rule.changes && (rule.when == When::never || rule.changes->compare_to));
}

bool may_run(const RuleList& list) {
  return std::ranges::any_of(list.rules, [](const Rule& rule) { return rule.model->when != When::never; });
}

bool is_decided(const Subject& subject, const RuleList& list) {
  return std::ranges::all_of(list.rules, [&](const Rule& rule) {
    const Condition* condition = subject.condition_of(rule);
    return !asks_for_files(*rule.model) && (condition == nullptr || is_decided(*condition));
  });
}

void find_job_never_runs(const Subject& subject, Findings& findings) {
  for (const RuleList& list : subject.lists) {
    // What the workflow lets in, and why, has to be known as well.
    if (list.job == nullptr && !is_decided(subject, list)) return;
    if (list.job == nullptr || !may_run(list) || !is_decided(subject, list)) continue;
    const auto number = static_cast<std::size_t>(list.job - subject.model.jobs.data());
    const bool seen = std::ranges::any_of(
        subject.usual, [&](const UsualPipeline& usual) { return usual.starts && !usual.left_out[number]; });
    if (!seen)
      findings.add(list.job->name.span,
                   fmt::format("no usual pipeline has the job {}", subject.tree.text(list.job->key)),
                   "`willrun explain` tells why");
  }
}

}  // namespace

extern const Check job_never_runs;
const Check job_never_runs = {diag::Code::job_never_runs,
                              "Neither pushes nor tags, merge requests, schedules, web, API and trigger pipelines have "
                              "it. Jobs whose rules ask for "
                              "variables of your own, for names of branches or for files are left alone.",
                              find_job_never_runs};

}  // namespace willrun::lint
