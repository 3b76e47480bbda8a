// A Decision as a Graph.
#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include <willrun/graph.hpp>

#include "program/program.hpp"
#include "report/decision_words.hpp"

namespace willrun {

namespace {

using report::DecisionWords;

// `ci/child.yml` for an include that is a text or `local: ci/child.yml`; of other kinds the word that tells them apart.
std::string one_include(const Value& include) {
  if (include.kind() == ValueKind::string) return include.text();
  for (const std::string_view key : {"local", "artifact", "component", "template", "remote", "file"}) {
    const Value* value = include.find(key);
    if (value != nullptr && value->kind() == ValueKind::string) return value->text();
  }
  return "files of another project";
}

std::string include_words(const Value& include) {
  if (include.kind() != ValueKind::sequence || include.items().empty()) return one_include(include);
  const std::size_t more = include.items().size() - 1;
  return one_include(include.items().front()) + (more > 0 ? fmt::format(" and {} more", more) : std::string());
}

std::string downstream_words(const Downstream& started) {
  if (started.project.empty()) return "child pipeline of " + include_words(started.include);
  return started.project + (started.branch.empty() ? std::string() : ", branch " + started.branch);
}

class GraphMaker {
 public:
  GraphMaker(const Decision& decision, const Trigger& trigger, const SourceFiles& files, const GraphOptions& options)
      : decision_(decision), trigger_(trigger), words_(files, options.paths) {
    if (options.left_out) left_out_ = decision.left_out;
  }

  Graph make() {
    graph_.status = decision_.status;
    graph_.verdict = std::string(report::status_word(decision_.status)) + report::status_rest(decision_);
    graph_.messages = decision_.errors;
    graph_.warnings = decision_.warnings;
    graph_.name = decision_.shown_name;
    if (decision_.workflow_rule) graph_.workflow = words_.rule(*decision_.workflow_rule);
    number_stages();
    for (const JobDecision& job : decision_.jobs) add(job);
    for (std::size_t i = 0; i < decision_.jobs.size(); ++i) add_needs(i);
    for (const LeftOutJob& job : left_out_) add(job);
    return std::move(graph_);
  }

 private:
  // In the order of the configuration, which a decision without a program does not know.
  void number_stages() {
    std::vector<std::string_view> used;
    for (const JobDecision& job : decision_.jobs) used.push_back(job.stage);
    for (const LeftOutJob& job : left_out_) used.push_back(job.stage);
    const std::unordered_set<std::string_view> known(used.begin(), used.end());
    if (decision_.program) {
      for (const model::Text& stage : decision_.program->model->stages) {
        if (known.contains(stage.value)) number(stage.value);
      }
    }
    for (const std::string_view stage : used) number(stage);
  }

  void number(std::string_view stage) {
    if (stages_.emplace(stage, graph_.stages.size()).second) graph_.stages.emplace_back(stage);
  }

  void add(const JobDecision& job) {
    numbers_.emplace(job.name, static_cast<std::uint32_t>(graph_.jobs.size()));
    GraphJob made;
    made.name = job.name;
    made.stage = stages_.at(job.stage);
    made.when = job.when;
    made.start_in = job.start_in;
    made.allow_failure = job.allow_failure;
    made.bridge = job.bridge;
    if (const auto started = downstream(decision_, job, trigger_)) made.downstream = downstream_words(*started);
    made.waits_for_needs = job.waits_for_needs;
    made.why = words_.why(job);
    graph_.jobs.push_back(std::move(made));
  }

  void add(const LeftOutJob& job) {
    GraphJob made;
    made.name = job.name;
    made.stage = stages_.at(job.stage);
    made.left_out = true;
    made.why = words_.why(job);
    graph_.jobs.push_back(std::move(made));
  }

  void add_needs(std::size_t index) {
    std::vector<std::uint32_t>& needs = graph_.jobs[index].needs;
    for (const Need& need : details(decision_, decision_.jobs[index]).needs) {
      const auto found = numbers_.find(need.job);
      if (found != numbers_.end() && std::ranges::count(needs, found->second) == 0) needs.push_back(found->second);
    }
  }

  const Decision& decision_;
  const Trigger& trigger_;
  DecisionWords words_;
  std::span<const LeftOutJob> left_out_;  // that are to be shown
  std::unordered_map<std::string_view, std::uint32_t> stages_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;  // of the pipeline's jobs by name
  Graph graph_;
};

}  // namespace

Graph graph_of(const Decision& decision, const Trigger& trigger, const SourceFiles& files,
               const GraphOptions& options) {
  return GraphMaker(decision, trigger, files, options).make();
}

}  // namespace willrun
