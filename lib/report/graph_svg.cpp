#include "report/graph_svg.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "report/decision_words.hpp"
#include "report/graph_layout.hpp"
#include "report/graph_words.hpp"
#include "report/printable.hpp"
#include "report/xml.hpp"

namespace willrun {

namespace report {

namespace {

constexpr int kNarrowest = 640;                    // of a picture: messages need room
constexpr int kHeadingLine = 19;                   // height
constexpr int kNameBase = 19;                      // from the upper edge of a box to the base line of its name
constexpr std::uint32_t kSvgHeadingColumns = 160;  // of a heading, however wide the picture is

constexpr std::string_view kStyle =
    R"(.graph { font: 12px "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace; }
.graph text { fill: #1b2330; white-space: pre; }
.graph .page { fill: #ffffff; }
.graph .heading .verdict { font-weight: bold; }
.graph .heading .created { fill: #1a7f37; }
.graph .heading .failed { fill: #b3261e; }
.graph .heading .skipped { fill: #8a5a00; }
.graph .stage rect { fill: #f3f5f8; stroke: #d3d9e2; }
.graph .stage text { font-weight: bold; }
.graph .job rect { fill: #ffffff; stroke: #8792a2; }
.graph .job .bar { fill: #2f7d4f; stroke: none; }
.graph .job.manual .bar { fill: #b26a00; }
.graph .job.delayed .bar { fill: #7a4fd0; }
.graph .job.always .bar { fill: #0b7a8f; }
.graph .job.on_failure .bar { fill: #c0362c; }
.graph .job .mark { fill: #566073; font-size: 11px; }
.graph .job.left_out rect { fill: none; stroke: #97a1af; stroke-dasharray: 4 3; }
.graph .left_out text, .graph text.left_out { fill: #656f7f; }
.graph .need { fill: none; stroke: #7c8899; stroke-width: 1.3; }
.graph .tip { fill: #7c8899; }
@media (prefers-color-scheme: dark) {
  .graph text { fill: #e6eaf1; }
  .graph .page { fill: #11161d; }
  .graph .heading .created { fill: #4cc271; }
  .graph .heading .failed { fill: #ff8a80; }
  .graph .heading .skipped { fill: #e3b341; }
  .graph .stage rect { fill: #1a212b; stroke: #323c4a; }
  .graph .job rect { fill: #252e3a; stroke: #65728a; }
  .graph .job .bar { fill: #4cc271; }
  .graph .job.manual .bar { fill: #e3a53b; }
  .graph .job.delayed .bar { fill: #b093f5; }
  .graph .job.always .bar { fill: #45bfd4; }
  .graph .job.on_failure .bar { fill: #ff7b72; }
  .graph .job .mark { fill: #aab4c3; }
  .graph .job.left_out rect { fill: none; stroke: #5d6a7d; }
  .graph .left_out text, .graph text.left_out { fill: #97a3b4; }
  .graph .need { stroke: #76849a; }
  .graph .tip { fill: #76849a; }
}
)";

class SvgWriter {
 public:
  SvgWriter(const Graph& graph, const Layout& layout) : graph_(graph), layout_(layout) {}

  // What the picture shows, without the element around it.
  std::string content() {
    for (const StagePanel& stage : layout_.stages) panel(stage);
    for (const Arrow& arrow : layout_.arrows) need(arrow);
    for (std::size_t i = 0; i < layout_.jobs.size(); ++i) job(i);
    return std::move(out_);
  }

 private:
  template <typename... Arguments>
  void print(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }

  void rectangle(const Box& box, int radius) {
    print("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>", box.x, box.y, box.width, box.height,
          radius);
  }

  void panel(const StagePanel& stage) {
    const auto index = static_cast<std::size_t>(&stage - layout_.stages.data());
    out_ += "<g class=\"stage\"><title>" + xml("stage " + printable(graph_.stages[index])) + "</title>";
    rectangle(stage.box, 8);
    print("<text x=\"{}\" y=\"{}\">{}</text></g>\n", stage.box.x + kTextInset, stage.box.y + 23, xml(stage.title));
    if (stage.left_out_y > 0)
      print("<text class=\"left_out\" x=\"{}\" y=\"{}\">left out</text>\n", stage.box.x + kTextInset, stage.left_out_y);
  }

  // Curves leave and reach their points level; the tip is a triangle, since markers do not take part in highlighting.
  void need(const Arrow& arrow) {
    const std::vector<Point>& points = arrow.points;
    print("<path class=\"need\" data-from=\"{}\" data-to=\"{}\" d=\"M{} {}", arrow.from, arrow.to, points[0].x,
          points[0].y);
    for (std::size_t i = 1; i < points.size(); ++i) {
      const bool last = i + 1 == points.size();
      const int x = points[i].x - (last ? kTip : 0);
      const int half = (x - points[i - 1].x) / 2;
      if (i % 2 == 0) {
        print("H{}", x);
      } else {
        print("C{} {} {} {} {} {}", points[i - 1].x + half, points[i - 1].y, x - half, points[i].y, x, points[i].y);
      }
    }
    print("\"/>\n<path class=\"tip\" data-from=\"{}\" data-to=\"{}\" d=\"M{} {}l-{} -4v8z\"/>\n", arrow.from, arrow.to,
          points.back().x, points.back().y, kTip);
  }

  void job(std::size_t index) {
    const GraphJob& job = graph_.jobs[index];
    const JobBox& made = layout_.jobs[index];
    const std::string_view kind = job.left_out ? "left_out" : to_string(job.when);
    const std::string all = xml(joined(details(graph_, job), "\n"));
    print("<g class=\"job {}{}\" id=\"job{}\" role=\"img\" tabindex=\"0\"><title>{}</title>", kind,
          job.bridge ? " bridge" : "", index, all);
    if (job.bridge) rectangle({made.box.x + 4, made.box.y + 4, made.box.width, made.box.height}, 6);
    rectangle(made.box, 6);
    if (!job.left_out)
      print("<rect class=\"bar\" x=\"{}\" y=\"{}\" width=\"3\" height=\"{}\" rx=\"1\"/>", made.box.x + 6,
            made.box.y + 7, made.box.height - 14);
    int y = made.box.y + kNameBase;
    for (const std::string& line : made.lines) {
      const bool is_name = &line == &made.lines.front();
      print("<text{} x=\"{}\" y=\"{}\">{}</text>", is_name ? "" : " class=\"mark\"", made.box.x + kTextInset, y,
            xml(line));
      y += kLineHeight;
    }
    out_ += "</g>\n";
  }

  static constexpr int kTip = 7;  // length of an arrow's tip

  const Graph& graph_;
  const Layout& layout_;
  std::string out_;
};

}  // namespace

std::string_view graph_style() { return kStyle; }

std::string graph_element(const Graph& graph) {
  const Layout layout = lay_out(graph);
  return fmt::format(
      "<svg class=\"graph\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"group\" "
      "aria-label=\"pipeline\">\n{2}</svg>\n",
      layout.width, layout.height, SvgWriter(graph, layout).content());
}

}  // namespace report

std::string to_svg(const Graph& graph) {
  using namespace report;
  const Layout layout = lay_out(graph);
  const int width = std::max(layout.width, kNarrowest);
  const auto room = std::min(static_cast<std::uint32_t>((width - 2 * kMargin) / kColumnWidth), kSvgHeadingColumns);
  std::string heading;
  int y = kMargin + kNameBase - kMargin / 2;
  for (const std::string& line : folded_heading(graph, room)) {
    const std::string kind = heading.empty() ? fmt::format(" class=\"verdict {}\"", status_name(graph.status)) : "";
    heading += fmt::format("<text{} x=\"{}\" y=\"{}\">{}</text>\n", kind, kMargin, y, xml(line));
    y += kHeadingLine;
  }
  const int shift = y - kMargin;
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg class=\"graph\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} "
      "{1}\">\n"
      "<title>{2}</title>\n<style>\n{3}</style>\n<rect class=\"page\" width=\"{0}\" height=\"{1}\"/>\n"
      "<g class=\"heading\">\n{4}</g>\n<g transform=\"translate(0 {5})\">\n{6}</g>\n</svg>\n",
      width, layout.height + shift, xml(graph.verdict), graph_style(), heading, shift,
      SvgWriter(graph, layout).content());
}

}  // namespace willrun
