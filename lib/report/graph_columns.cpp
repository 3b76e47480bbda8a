#include "report/graph_columns.hpp"

#include <algorithm>

namespace willrun::report {

namespace {

constexpr int kBoxGap = 12;
constexpr int kLaneHeight = 8;
constexpr int kLaneGap = 4;
// An arrow over more columns than this goes straight: lanes must not outnumber what they keep apart.
constexpr std::uint32_t kMostLanes = 24;
constexpr int kRounds = 4;  // of ordering, there and back

class Arranger {
 public:
  Arranger(const Graph& graph, const std::vector<int>& heights) : graph_(graph) {
    for (std::uint32_t i = 0; i < graph.jobs.size() && !graph.jobs[i].left_out; ++i)
      made_.nodes.push_back({i, false, 0, heights[i], 0, {}, {}});
  }

  Columns arrange() {
    find_levels();
    number_columns();
    made_.lanes_of.resize(made_.nodes.size());
    for (std::uint32_t i = 0, jobs = static_cast<std::uint32_t>(made_.lanes_of.size()); i < jobs; ++i) add_arrows(i);
    for (std::uint32_t c = 0; c < made_.columns.size(); ++c) stack(c);
    for (int round = 0; round < kRounds; ++round) sweep(round % 2 == 0);
    return std::move(made_);
  }

 private:
  bool in_same_stage(std::uint32_t need, std::uint32_t job) const {
    return need < made_.nodes.size() && graph_.jobs[need].stage == graph_.jobs[job].stage;
  }

  // How many jobs of its own stage have to be done before a job, one after the other. Jobs in a circle, which GitLab
  // refuses, stay where they are.
  void find_levels() {
    level_.assign(made_.nodes.size(), 0);
    std::vector<std::vector<std::uint32_t>> dependants(made_.nodes.size());
    std::vector<std::uint32_t> open(made_.nodes.size(), 0);
    for (std::uint32_t job = 0; job < made_.nodes.size(); ++job) {
      for (const std::uint32_t need : graph_.jobs[job].needs) {
        if (!in_same_stage(need, job)) continue;
        dependants[need].push_back(job);
        ++open[job];
      }
    }
    std::vector<std::uint32_t> ready;
    for (std::uint32_t job = 0; job < open.size(); ++job) {
      if (open[job] == 0) ready.push_back(job);
    }
    for (std::size_t at = 0; at < ready.size(); ++at) {
      for (const std::uint32_t next : dependants[ready[at]]) {
        level_[next] = std::max(level_[next], level_[ready[at]] + 1);
        if (--open[next] == 0) ready.push_back(next);
      }
    }
  }

  void number_columns() {
    std::vector<std::uint32_t> wide(graph_.stages.size(), 1);
    for (std::uint32_t job = 0; job < level_.size(); ++job) {
      std::uint32_t& columns = wide[graph_.jobs[job].stage];
      columns = std::max(columns, level_[job] + 1);
    }
    made_.first_of_stage.push_back(0);
    for (const std::uint32_t columns : wide) made_.first_of_stage.push_back(made_.first_of_stage.back() + columns);
    made_.columns.resize(made_.first_of_stage.back());
    for (std::uint32_t job = 0; job < level_.size(); ++job) {
      made_.nodes[job].column = made_.first_of_stage[graph_.jobs[job].stage] + level_[job];
      made_.columns[made_.nodes[job].column].push_back(job);
    }
  }

  void add_arrows(std::uint32_t job) {
    const std::uint32_t column = made_.nodes[job].column;
    for (const std::uint32_t need : graph_.jobs[job].needs) {
      if (need >= made_.lanes_of.size()) continue;
      const std::uint32_t start = made_.nodes[need].column;
      if (column <= start || column - start > kMostLanes + 1) continue;
      while (made_.lanes_of[need].size() + 1 < column - start) add_lane(need);
      link(column == start + 1 ? need : made_.lanes_of[need][column - start - 2], job);
    }
  }

  void add_lane(std::uint32_t need) {
    std::vector<std::uint32_t>& lanes = made_.lanes_of[need];
    const std::uint32_t last = lanes.empty() ? need : lanes.back();
    const auto made = static_cast<std::uint32_t>(made_.nodes.size());
    const std::uint32_t column = made_.nodes[last].column + 1;
    made_.nodes.push_back({need, true, column, kLaneHeight, 0, {}, {}});
    made_.columns[column].push_back(made);
    link(last, made);
    lanes.push_back(made);
  }

  void link(std::uint32_t from, std::uint32_t to) {
    made_.nodes[from].after.push_back(to);
    made_.nodes[to].before.push_back(from);
  }

  void stack(std::uint32_t column) {
    int y = 0;
    for (const std::uint32_t index : made_.columns[column]) {
      Node& node = made_.nodes[index];
      node.y = y;
      y += node.height + (node.lane ? kLaneGap : kBoxGap);
    }
  }

  // Each column in the order of the middles of what its nodes are linked to on the one side, then stacked anew.
  void sweep(bool forward) {
    const auto count = static_cast<std::uint32_t>(made_.columns.size());
    std::vector<double> wanted(made_.nodes.size());
    for (std::uint32_t step = 0; step < count; ++step) {
      const std::uint32_t column = forward ? step : count - 1 - step;
      std::vector<std::uint32_t>& order = made_.columns[column];
      for (const std::uint32_t index : order) {
        const Node& node = made_.nodes[index];
        wanted[index] = mean_middle(forward ? node.before : node.after, node.middle());
      }
      std::ranges::stable_sort(order, {}, [&](std::uint32_t index) { return wanted[index]; });
      stack(column);
    }
  }

  double mean_middle(const std::vector<std::uint32_t>& linked, double without) const {
    if (linked.empty()) return without;
    double sum = 0;
    for (const std::uint32_t index : linked) sum += made_.nodes[index].middle();
    return sum / static_cast<double>(linked.size());
  }

  const Graph& graph_;
  std::vector<std::uint32_t> level_;
  Columns made_;
};

}  // namespace

std::vector<std::uint32_t> Columns::way(std::uint32_t need, std::uint32_t job) const {
  const std::uint32_t start = nodes[need].column;
  const std::uint32_t end = nodes[job].column;
  if (end <= start || end - start > kMostLanes + 1) return {};
  const auto first = lanes_of[need].begin();
  return {first, first + (end - start - 1)};
}

int Columns::height(std::uint32_t column) const {
  if (columns[column].empty()) return 0;
  const Node& last = nodes[columns[column].back()];
  return last.y + last.height;
}

Columns arrange(const Graph& graph, const std::vector<int>& heights) { return Arranger(graph, heights).arrange(); }

}  // namespace willrun::report
