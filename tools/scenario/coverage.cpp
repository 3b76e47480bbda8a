#include "scenario/coverage.hpp"

namespace willrun::scenario {

namespace {

std::pair<std::string, std::uint32_t> place_of(const SourceFiles& files, Span span) {
  return {std::string(files.name(span.file)), span.begin};
}

// The workflow has no name, hence no place; no file is called so.
const std::pair<std::string, std::uint32_t> kWorkflow;

}  // namespace

void Coverage::add(const Program& program, const SourceFiles& files) {
  for (const RuleList& list : rule_lists(program)) {
    const Place owner = list.job.empty() ? kWorkflow : place_of(files, list.span);
    const bool is_new = list.job.empty() || job_numbers_.emplace(owner, jobs_.size()).second;
    if (is_new && !list.job.empty()) jobs_.push_back({{list.job, list.span, &files}});
    for (const DecidingRule& rule : list.rules) {
      const RuleKey key{owner, rule.index, place_of(files, rule.span)};
      if (rule_numbers_.emplace(key, rules_.size()).second) rules_.push_back({{list.job, rule, &files}});
    }
  }
}

void Coverage::reach_rule(const Place& owner, const DecidingRule& rule, const SourceFiles& files) {
  const auto known = rule_numbers_.find({owner, rule.index, place_of(files, rule.span)});
  if (known != rule_numbers_.end()) rules_[known->second].reached = true;
}

void Coverage::reach(const Decision& decision, const SourceFiles& files) {
  if (decision.workflow_rule) reach_rule(kWorkflow, *decision.workflow_rule, files);
  for (const JobDecision& job : decision.jobs) {
    const Place owner = place_of(files, job.span);
    const auto known = job_numbers_.find(owner);
    if (known != job_numbers_.end()) jobs_[known->second].reached = true;
    if (job.rule) reach_rule(owner, *job.rule, files);
  }
  for (const LeftOutJob& job : decision.left_out) {
    if (job.rule) reach_rule(place_of(files, job.span), *job.rule, files);
  }
}

CoverageReport Coverage::report() const {
  CoverageReport report;
  report.rules = rules_.size();
  report.jobs = jobs_.size();
  for (const auto& [rule, reached] : rules_) {
    if (!reached) report.unmatched.push_back(rule);
  }
  for (const auto& [job, reached] : jobs_) {
    if (!reached) report.never_run.push_back(job);
  }
  return report;
}

}  // namespace willrun::scenario
