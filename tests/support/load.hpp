// Texts of tests, taken through load() and decide(), and printed.
#pragma once

#include <willrun/decision.hpp>

#include <string>

namespace willrun::testing_support {

inline constexpr std::string_view kPath = ".gitlab-ci.yml";

inline Config load_text(std::string text, const Trigger& trigger = {}, LoadOptions options = {}) {
  MemoryFiles files;
  files.add(std::string(kPath), std::move(text));
  return load(kPath, files, trigger, options);
}

// GitLab's errors, each on a line behind `E `, then its warnings behind `W ` up to the first " - "; "ok" when there are
// none.
inline std::string lint(std::string text) {
  const Config config = load_text(std::move(text));
  std::string printed;
  for (const std::string& error : config.gitlab_errors()) printed += "E " + error + "\n";
  for (const std::string& warning : config.gitlab_warnings())
    printed += "W " + warning.substr(0, warning.find(" - ")) + "\n";
  return printed.empty() ? "ok" : printed;
}

inline Decision decide_text(std::string text, const Trigger& trigger) {
  LoadOptions options;
  options.mode = LoadMode::pipeline;
  return decide(load_text(std::move(text), trigger, options), trigger);
}

// `created: stage/job when[ !][ needs=..]`, `!` for allow_failure; failures as `failed: MESSAGE`; `skipped`.
inline std::string print(const Decision& decision) {
  if (decision.status == Decision::Status::skipped) return "skipped";
  if (decision.status == Decision::Status::failed) return "failed: " + std::string(decision.message());
  std::string printed = "created:";
  for (const JobDecision& job : decision.jobs) {
    printed.append(" ").append(job.stage).append("/").append(job.name).append(" ").append(to_string(job.when));
    printed += job.allow_failure ? " !" : "";
    if (job.rule) printed += " rule" + std::to_string(job.rule->index);
    for (const Need& need : details(decision, job).needs) printed += " needs=" + need.job;
    printed += ";";
  }
  return printed;
}

inline Variable variable(std::string key, std::string value) {
  Variable made;
  made.key = std::move(key);
  made.value = std::move(value);
  return made;
}

}  // namespace willrun::testing_support
