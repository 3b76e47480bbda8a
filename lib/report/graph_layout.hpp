// Where everything of a picture stands, in pixels from its upper left corner. Texts are already cut to their boxes.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <willrun/graph.hpp>

namespace willrun::report {

// Text is set in a monospaced font of 12 pixels, whose columns are at most this wide; wide characters take two.
inline constexpr double kColumnWidth = 7.25;
inline constexpr int kMargin = 24;      // around the picture
inline constexpr int kTextInset = 16;   // from the left edge of a box to its text
inline constexpr int kLineHeight = 15;  // from line to line in a box

struct Box {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

// Lines of text: the first is the name.
struct JobBox {
  Box box;
  std::vector<std::string> lines;
};

struct StagePanel {
  Box box;
  std::string title;
  int left_out_y = 0;  // base line of the title over its jobs that are left out, below the panel; 0: there are none
};

struct Point {
  int x = 0;
  int y = 0;
};

// A curve from point to point; pairs of points with the same `y` are ends of a straight piece.
struct Arrow {
  std::uint32_t from = 0;  // in Graph::jobs
  std::uint32_t to = 0;
  std::vector<Point> points;
};

struct Layout {
  int width = 0;
  int height = 0;
  std::vector<StagePanel> stages;
  std::vector<JobBox> jobs;  // as Graph::jobs
  std::vector<Arrow> arrows;
};

Layout lay_out(const Graph& graph);

}  // namespace willrun::report
