// The pipeline of a decision as a picture: stages are columns, jobs boxes, needs arrows; what was left out stands apart
// with its reason. Functions here only print: they decide nothing and never fail on odd texts. Names may hold any
// bytes: each format gets them escaped, control characters as their Unicode pictures, long ones cut where a box ends
// (whole in the details of the job). Threads: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <willrun/decision.hpp>
#include <willrun/report.hpp>
#include <willrun/source.hpp>
#include <willrun/trigger.hpp>

namespace willrun {

struct GraphJob {
  std::string name;
  std::uint32_t stage = 0;  // in Graph::stages
  bool left_out = false;    // of what follows only `why` is set then
  When when = When::on_success;
  std::string start_in;  // delayed jobs: as written
  bool allow_failure = false;
  bool bridge = false;
  // Of bridges: "group/project, branch main", "child pipeline of ci/child.yml"; empty: it mirrors another pipeline.
  std::string downstream;
  bool waits_for_needs = false;      // starts as soon as its needs are done, not its stage
  std::vector<std::uint32_t> needs;  // in Graph::jobs, each once; optional ones whose job is not there are no arrows
  std::string why;                   // what decided, with its place, in the words of render(Decision)
};

// What a picture shows, as texts of people: owns them, so the Decision need not live on.
struct Graph {
  Decision::Status status = Decision::Status::failed;
  std::string verdict;                // "created, 5 jobs in 4 stages", "not created (config_error)"
  std::vector<std::string> messages;  // GitLab's failure texts
  std::vector<std::string> warnings;
  std::string name;                 // of the pipeline; empty: it has none
  std::string workflow;             // the rule that let it be; empty: there is none
  std::vector<std::string> stages;  // those with jobs, left out or not, in order
  std::vector<GraphJob> jobs;       // those of the pipeline in stage order, then those left out in file order
};

struct GraphOptions {
  bool left_out = true;   // with the jobs that are left out
  ShownPaths paths = {};  // how files are named in reasons
};

// `trigger` is the decision's; `files` those that its spans point into.
Graph graph_of(const Decision& decision, const Trigger& trigger, const SourceFiles& files,
               const GraphOptions& options = {});

// A Mermaid flowchart, as Markdown of GitLab and others draws it: a subgraph a stage. Reasons are comments.
std::string to_mermaid(const Graph& graph);
// A directed graph for Graphviz: a cluster a stage.
std::string to_dot(const Graph& graph);
// A picture that stands alone: XML without links or scripts, light or dark as its viewer prefers. `<title>` of each job
// holds its details, which viewers show on hover.
std::string to_svg(const Graph& graph);
// One page with the same picture, the verdict and a table of what was left out. It loads nothing. Hovering over a job
// or moving the focus to it shows its details, and marks what it needs and what needs it.
std::string to_html(const Graph& graph);

}  // namespace willrun
