#include "report/graph_layout.hpp"

#include <algorithm>
#include <cmath>

#include "report/graph_columns.hpp"
#include "report/graph_words.hpp"
#include "report/printable.hpp"

namespace willrun::report {

namespace {

constexpr std::uint32_t kFewestColumns = 12;  // of text in a box
constexpr std::uint32_t kBoxColumns = 34;
constexpr int kNameHeight = 30;    // of a box that holds its name only
constexpr int kPanelInset = 14;    // from the edge of a stage to its boxes
constexpr int kTitleHeight = 36;   // of a stage's title
constexpr int kStageGap = 36;      // between two stages: room for arrows
constexpr int kColumnGap = 52;     // between two columns of a stage
constexpr int kLeftOutTitle = 22;  // from a stage to the base line of that title
constexpr int kLeftOutGap = 8;

int text_width(std::uint32_t columns) { return static_cast<int>(std::ceil(columns * kColumnWidth)); }

// Name, marks and what a bridge starts.
std::vector<std::string> lines_of(const GraphJob& job) {
  std::vector<std::string> lines = {one_line(job.name, kBoxColumns)};
  for (const std::string& text : {joined(marks(job), " · "), bridge_words(job)}) {
    if (!text.empty()) lines.push_back(one_line(text, kBoxColumns));
  }
  return lines;
}

class LayoutMaker {
 public:
  explicit LayoutMaker(const Graph& graph) : graph_(graph) {
    std::vector<int> heights;
    for (const GraphJob& job : graph.jobs) {
      JobBox made;
      made.lines = lines_of(job);
      made.box.height = kNameHeight + kLineHeight * (static_cast<int>(made.lines.size()) - 1);
      heights.push_back(made.box.height);
      layout_.jobs.push_back(std::move(made));
    }
    columns_ = arrange(graph, heights);
  }

  Layout make() {
    find_widths();
    int x = kMargin;
    for (std::uint32_t stage = 0; stage < graph_.stages.size(); ++stage) x = place_stage(stage, x) + kStageGap;
    layout_.width = (graph_.stages.empty() ? kMargin : x - kStageGap) + kMargin;
    place_boxes();
    draw_arrows();
    return std::move(layout_);
  }

 private:
  void find_widths() {
    widths_.assign(columns_.columns.size(), text_width(kFewestColumns));
    for (std::uint32_t job = 0; job < graph_.jobs.size(); ++job) {
      int& width = widths_[column_of(job)];
      for (const std::string& line : layout_.jobs[job].lines) width = std::max(width, text_width(columns(line)));
    }
    for (int& width : widths_) width += kTextInset + kTextInset / 2;
  }

  // Jobs that are left out stand below the first column of their stage.
  std::uint32_t column_of(std::uint32_t job) const {
    return graph_.jobs[job].left_out ? columns_.first_of_stage[graph_.jobs[job].stage] : columns_.nodes[job].column;
  }

  // Gives the right edge.
  int place_stage(std::uint32_t stage, int left) {
    int x = left + kPanelInset;
    int tallest = 0;
    for (std::uint32_t c = columns_.first_of_stage[stage]; c < columns_.first_of_stage[stage + 1]; ++c) {
      x_.push_back(x);
      x += widths_[c] + kColumnGap;
      tallest = std::max(tallest, columns_.height(c));
    }
    const int right = x - kColumnGap + kPanelInset;
    const auto room = static_cast<std::uint32_t>((right - left - 2 * kPanelInset) / kColumnWidth);
    const int height = kTitleHeight + (tallest > 0 ? tallest + kPanelInset : 0);
    layout_.stages.push_back({{left, kMargin, right - left, height}, one_line(graph_.stages[stage], room)});
    return right;
  }

  void place_boxes() {
    std::vector<int> bottoms;
    for (const StagePanel& panel : layout_.stages) bottoms.push_back(panel.box.y + panel.box.height);
    for (std::uint32_t job = 0; job < graph_.jobs.size(); ++job) {
      Box& box = layout_.jobs[job].box;
      box.x = x_[column_of(job)];
      box.width = widths_[column_of(job)];
      box.y = graph_.jobs[job].left_out ? place_left_out(job, bottoms[graph_.jobs[job].stage])
                                        : top() + columns_.nodes[job].y;
    }
    layout_.height = kMargin;
    for (const int bottom : bottoms) layout_.height = std::max(layout_.height, bottom + kMargin);
  }

  // Below its stage and those before it, down to `bottom`, which moves on.
  int place_left_out(std::uint32_t job, int& bottom) {
    StagePanel& panel = layout_.stages[graph_.jobs[job].stage];
    if (panel.left_out_y == 0) {
      panel.left_out_y = bottom + kLeftOutTitle;
      bottom = panel.left_out_y;
    }
    const int y = bottom + kLeftOutGap;
    bottom = y + layout_.jobs[job].box.height;
    return y;
  }

  void draw_arrows() {
    for (std::uint32_t job = 0; job < columns_.lanes_of.size(); ++job) {
      for (const std::uint32_t need : graph_.jobs[job].needs) {
        if (need < columns_.lanes_of.size()) layout_.arrows.push_back({need, job, way(need, job)});
      }
    }
  }

  std::vector<Point> way(std::uint32_t need, std::uint32_t job) const {
    const Box& from = layout_.jobs[need].box;
    const Box& to = layout_.jobs[job].box;
    std::vector<Point> points = {{from.x + from.width, from.y + from.height / 2}};
    for (const std::uint32_t lane : columns_.way(need, job)) {
      const Node& node = columns_.nodes[lane];
      const int y = top() + static_cast<int>(node.middle());
      points.push_back({x_[node.column], y});
      points.push_back({x_[node.column] + widths_[node.column], y});
    }
    points.push_back({to.x, to.y + to.height / 2});
    return points;
  }

  static int top() { return kMargin + kTitleHeight; }

  const Graph& graph_;
  Columns columns_;
  std::vector<int> widths_;  // of columns
  std::vector<int> x_;       // of columns
  Layout layout_;
};

}  // namespace

Layout lay_out(const Graph& graph) { return LayoutMaker(graph).make(); }

}  // namespace willrun::report
