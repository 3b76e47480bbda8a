#include "base/components.hpp"

#include <algorithm>
#include <limits>

namespace willrun {

namespace {

constexpr std::uint32_t kNotMet = std::numeric_limits<std::uint32_t>::max();

// Tarjan's algorithm with its own call stack.
class Search {
 public:
  using Targets = std::vector<std::vector<std::uint32_t>>;

  explicit Search(const Targets& targets)
      : targets_(targets), met_(targets.size(), kNotMet), lowest_(targets.size()), open_(targets.size(), false) {}

  std::vector<std::vector<std::uint32_t>> run() {
    for (std::uint32_t node = 0; node < targets_.size(); ++node) {
      if (met_[node] == kNotMet) visit(node);
    }
    return std::move(components_);
  }

 private:
  struct Frame {
    std::uint32_t node;
    std::size_t next;  // index of the next edge to follow
  };

  void enter(std::uint32_t node) {
    met_[node] = lowest_[node] = count_++;
    open_[node] = true;
    stack_.push_back(node);
    frames_.push_back({node, 0});
  }

  void visit(std::uint32_t start) {
    enter(start);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (frame.next < targets_[frame.node].size()) {
        const std::uint32_t target = targets_[frame.node][frame.next++];
        if (met_[target] == kNotMet) {
          enter(target);
        } else if (open_[target]) {
          lowest_[frame.node] = std::min(lowest_[frame.node], met_[target]);
        }
        continue;
      }
      leave(frame.node);
    }
  }

  void leave(std::uint32_t node) {
    frames_.pop_back();
    if (!frames_.empty()) lowest_[frames_.back().node] = std::min(lowest_[frames_.back().node], lowest_[node]);
    if (lowest_[node] != met_[node]) return;
    const auto first = std::find(stack_.rbegin(), stack_.rend(), node).base() - 1;
    components_.emplace_back(first, stack_.end());
    for (const std::uint32_t member : components_.back()) open_[member] = false;
    stack_.erase(first, stack_.end());
  }

  const Targets& targets_;
  std::vector<std::uint32_t> met_;     // when a node was first met
  std::vector<std::uint32_t> lowest_;  // the earliest met node that it reaches among the open ones
  std::vector<bool> open_;
  std::vector<std::uint32_t> stack_;
  std::vector<Frame> frames_;
  std::vector<std::vector<std::uint32_t>> components_;
  std::uint32_t count_ = 0;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> strongly_connected_components(
    const std::vector<std::vector<std::uint32_t>>& targets) {
  return Search(targets).run();
}

}  // namespace willrun
