// The order of boxes in the columns of a picture. A stage is one column, or more where its jobs need each other, so
// that every arrow leads to the right. An arrow over more than one column passes those between in a lane, a low free
// strip that it shares with the other arrows of the same job: none runs behind a box.
#pragma once

#include <cstdint>
#include <vector>

#include <willrun/graph.hpp>

namespace willrun::report {

// What stands in a column. Units are pixels; `y` is its upper edge, from the top of the column.
struct Node {
  std::uint32_t job = 0;  // lane: the job whose arrows pass
  bool lane = false;
  std::uint32_t column = 0;
  int height = 0;
  int y = 0;
  std::vector<std::uint32_t> before;  // nodes of the column before that lead here
  std::vector<std::uint32_t> after;

  double middle() const { return y + height / 2.0; }
};

struct Columns {
  std::vector<Node> nodes;                           // boxes by the number of their job, then lanes
  std::vector<std::vector<std::uint32_t>> columns;   // nodes from the top down
  std::vector<std::uint32_t> first_of_stage;         // its first column; one entry more than there are stages
  std::vector<std::vector<std::uint32_t>> lanes_of;  // by job: its lanes, from left to right

  // The lanes that the arrow from `need` to `job` passes.
  std::vector<std::uint32_t> way(std::uint32_t need, std::uint32_t job) const;
  int height(std::uint32_t column) const;
};

// `heights` of the boxes of Graph::jobs; those left out have no node. Deterministic; the cost grows with jobs, arrows
// and lanes.
Columns arrange(const Graph& graph, const std::vector<int>& heights);

}  // namespace willrun::report
