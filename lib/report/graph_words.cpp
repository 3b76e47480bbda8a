#include "report/graph_words.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/decision_words.hpp"
#include "report/fold.hpp"
#include "report/printable.hpp"

namespace willrun::report {

namespace {

constexpr std::uint32_t kIndent = 2;    // of folded lines
constexpr std::size_t kMostNames = 12;  // of needs in the details; the picture has the others

std::string waits_for(const Graph& graph, const GraphJob& job) {
  if (!job.waits_for_needs)
    return job.stage == graph.jobs.front().stage ? std::string() : "waits for: the stages before";
  if (job.needs.empty()) return "waits for: nothing";
  std::vector<std::string> names;
  for (const std::uint32_t need : job.needs) {
    if (names.size() == kMostNames) break;
    names.push_back(printable(graph.jobs[need].name));
  }
  const std::size_t more = job.needs.size() - names.size();
  return "waits for: " + joined(names, ", ") + (more > 0 ? fmt::format(" and {} more", more) : std::string());
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  return fmt::format("{}", fmt::join(texts, between));
}

std::vector<std::string> marks(const GraphJob& job) {
  std::vector<std::string> words;
  if (job.left_out) return words;
  if (job.when != When::on_success) words.push_back(when_words(job.when, job.start_in));
  if (job.allow_failure) words.emplace_back("may fail");
  if (job.waits_for_needs && job.needs.empty()) words.emplace_back("starts at once");
  return words;
}

std::string bridge_words(const GraphJob& job) {
  if (!job.bridge) return {};
  return job.downstream.empty() ? "mirrors another pipeline" : "starts " + job.downstream;
}

std::vector<std::string> details(const Graph& graph, const GraphJob& job) {
  std::vector<std::string> lines = {printable(job.name), "stage: " + printable(graph.stages[job.stage])};
  if (job.left_out) {
    lines.push_back("left out: " + job.why);
    return lines;
  }
  lines.push_back("when: " + when_words(job.when, job.start_in));
  if (job.allow_failure) lines.emplace_back("it may fail");
  if (job.bridge) lines.push_back(printable(bridge_words(job)));
  if (std::string line = waits_for(graph, job); !line.empty()) lines.push_back(std::move(line));
  lines.push_back("decided by: " + job.why);
  return lines;
}

std::vector<std::string> heading(const Graph& graph) {
  std::vector<std::string> lines = {graph.verdict};
  for (const std::string& text : graph.messages) lines.push_back("GitLab: " + printable(text));
  for (const std::string& text : graph.warnings) lines.push_back("warning: " + printable(text));
  if (!graph.name.empty()) lines.push_back("name: " + printable(graph.name));
  if (!graph.workflow.empty()) lines.push_back("workflow: " + graph.workflow);
  return lines;
}

std::vector<std::string> folded_heading(const Graph& graph, std::uint32_t columns) {
  std::vector<std::string> lines;
  for (const std::string& text : heading(graph)) {
    for (std::string& line : split_lines(fold("", 0, text, kIndent, columns))) lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::vector<std::uint32_t>> jobs_by_stage(const Graph& graph) {
  std::vector<std::vector<std::uint32_t>> all(graph.stages.size());
  for (std::uint32_t job = 0; job < graph.jobs.size(); ++job) all[graph.jobs[job].stage].push_back(job);
  return all;
}

}  // namespace willrun::report
