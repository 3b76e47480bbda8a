#include <fmt/format.h>

#include <willrun/graph.hpp>

#include "base/utf8.hpp"
#include "report/graph_words.hpp"
#include "report/printable.hpp"

namespace willrun {

namespace {

using namespace report;

constexpr std::uint32_t kMermaidColumns = 60;  // of a line in a box

bool is_plain(char32_t c) {
  if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return std::string_view(" -_.,/()=+").find(static_cast<char>(c)) != std::string_view::npos;
}

// In a quoted label everything that Mermaid might read is a character code. Mermaid drops a `;` behind
// `style...:...#` in a line, so `:` is written as it is only where no code follows.
std::string label(std::string_view text) {
  std::string out;
  const std::string shown = one_line(text, kMermaidColumns);
  bool bare = true;
  for (const char c : shown) bare = bare && (c == ':' || is_plain(static_cast<unsigned char>(c)));
  if (bare) return shown;
  for (std::size_t at = 0; at < shown.size();) {
    const utf8::Decoded character = utf8::decode(shown, at);
    if (is_plain(character.code_point)) {
      out.append(shown, at, character.size);
    } else {
      out += fmt::format("#{};", static_cast<std::uint32_t>(character.code_point));
    }
    at += character.size;
  }
  return out;
}

// A line of its own; `%%{` would begin a directive.
std::string comment(std::string_view text) {
  std::string out = "  %% ";
  for (const char c : text) {
    if (c == '%' && out.ends_with('%')) out += ' ';
    out += c == '\n' ? ' ' : c;
  }
  return out + "\n";
}

class MermaidWriter {
 public:
  explicit MermaidWriter(const Graph& graph) : graph_(graph), by_stage_(jobs_by_stage(graph)) {}

  std::string write() {
    out_ = "flowchart LR\n";
    for (const std::string& line : heading(graph_)) out_ += comment(line);
    if (graph_.status != Decision::Status::created) verdict();
    for (std::uint32_t stage = 0; stage < graph_.stages.size(); ++stage) subgraph(stage);
    for (std::uint32_t job = 0; job < graph_.jobs.size(); ++job) {
      for (const std::uint32_t need : graph_.jobs[job].needs) out_ += fmt::format("  job{} --> job{}\n", need, job);
    }
    for (std::size_t stage = 1; stage < graph_.stages.size(); ++stage)
      out_ += fmt::format("  stage{} ~~~ stage{}\n", stage - 1, stage);
    left_out();
    return std::move(out_);
  }

 private:
  void verdict() {
    std::string text;
    for (const std::string& line : folded_heading(graph_, kMermaidColumns))
      text += (text.empty() ? "" : "<br/>") + label(line);
    out_ += fmt::format("  verdict[\"{}\"]\n", text);
  }

  void subgraph(std::uint32_t stage) {
    out_ += fmt::format("  subgraph stage{}[\"{}\"]\n    direction LR\n", stage, label(graph_.stages[stage]));
    for (const std::uint32_t job : by_stage_[stage]) node(job);
    out_ += "  end\n";
  }

  void node(std::uint32_t number) {
    const GraphJob& job = graph_.jobs[number];
    std::string text = label(job.name);
    if (job.left_out) text += "<br/>left out";
    for (const std::string& line : {joined(marks(job), ", "), bridge_words(job)}) {
      if (!line.empty()) text += "<br/>" + label(line);
    }
    const std::string_view edges = job.bridge ? "[[]]" : "[]";  // of a shape
    const std::size_t half = edges.size() / 2;
    out_ += fmt::format("    job{}{}\"{}\"{}\n", number, edges.substr(0, half), text, edges.substr(half));
  }

  void left_out() {
    std::string names;
    for (std::uint32_t job = 0; job < graph_.jobs.size(); ++job) {
      if (!graph_.jobs[job].left_out) continue;
      out_ += comment(fmt::format("job{} is left out: {}", job, graph_.jobs[job].why));
      names += fmt::format("{}job{}", names.empty() ? "" : ",", job);
    }
    if (!names.empty())
      out_ += "  classDef left_out stroke-dasharray:4 3,opacity:0.7\n  class " + names + " left_out\n";
  }

  const Graph& graph_;
  std::vector<std::vector<std::uint32_t>> by_stage_;
  std::string out_;
};

}  // namespace

std::string to_mermaid(const Graph& graph) { return MermaidWriter(graph).write(); }

}  // namespace willrun
