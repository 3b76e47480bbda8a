#include <fmt/format.h>

#include <willrun/graph.hpp>

#include "report/graph_words.hpp"
#include "report/printable.hpp"

namespace willrun {

namespace {

using namespace report;

constexpr std::uint32_t kDotColumns = 60;  // of a line in a box
constexpr std::uint32_t kDotHeadingColumns = 120;

// What stands between double quotes. Graphviz reads `\` and HTML's character references there.
std::string dot_string(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '&': out += "&amp;"; break;
      case '\n': out += "\\n"; break;
      default: out += c;
    }
  }
  return '"' + out + '"';
}

class DotWriter {
 public:
  explicit DotWriter(const Graph& graph) : graph_(graph), by_stage_(jobs_by_stage(graph)) {}

  std::string write() {
    out_ =
        "digraph pipeline {\n"
        "  graph [rankdir=LR, labelloc=t, labeljust=l, fontsize=12, fontname=\"sans-serif\"];\n"
        "  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11];\n"
        "  edge [color=gray45, arrowsize=0.7];\n";
    out_ += "  label=" + dot_string(joined(folded_heading(graph_, kDotHeadingColumns), "\n")) + ";\n";
    for (std::uint32_t stage = 0; stage < graph_.stages.size(); ++stage) cluster(stage);
    for (std::uint32_t job = 0; job < graph_.jobs.size(); ++job) {
      for (const std::uint32_t need : graph_.jobs[job].needs) out_ += fmt::format("  job{} -> job{};\n", need, job);
    }
    order_stages();
    return out_ + "}\n";
  }

 private:
  void cluster(std::uint32_t stage) {
    out_ += fmt::format("  subgraph cluster_{} {{\n    label={};\n    color=gray70;\n", stage,
                        dot_string(one_line(graph_.stages[stage], kDotColumns)));
    for (const std::uint32_t job : by_stage_[stage]) node(job);
    out_ += "  }\n";
  }

  void node(std::uint32_t number) {
    const GraphJob& job = graph_.jobs[number];
    std::string text = one_line(job.name, kDotColumns);
    for (const std::string& line : {joined(marks(job), ", "), bridge_words(job)}) {
      if (!line.empty()) text.append(1, '\n').append(one_line(line, kDotColumns));
    }
    out_ += fmt::format("    job{} [label={}, tooltip={}", number, dot_string(text),
                        dot_string(joined(details(graph_, job), "\n")));
    if (job.bridge) out_ += ", peripheries=2";
    if (job.left_out) out_ += ", style=\"rounded,dashed\", color=gray60, fontcolor=gray40";
    out_ += "];\n";
  }

  // A point between two stages, after all jobs of the one and before all of the other, keeps them apart.
  void order_stages() {
    if (graph_.stages.size() < 2) return;
    out_ += "  node [shape=point, style=invis];\n  edge [style=invis];\n";
    for (std::uint32_t job = 0; job < graph_.jobs.size(); ++job) {
      const std::uint32_t stage = graph_.jobs[job].stage;
      if (stage > 0) out_ += fmt::format("  before{} -> job{};\n", stage, job);
      if (stage + 1 < graph_.stages.size()) out_ += fmt::format("  job{} -> before{};\n", job, stage + 1);
    }
  }

  const Graph& graph_;
  std::vector<std::vector<std::uint32_t>> by_stage_;
  std::string out_;
};

}  // namespace

std::string to_dot(const Graph& graph) { return DotWriter(graph).write(); }

}  // namespace willrun
