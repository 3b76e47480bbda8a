#include "vars/dependencies.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "vars/reference.hpp"

namespace willrun::vars {

namespace {

constexpr std::uint32_t kUnseen = 0xFFFFFFFF;

// All variables of one name.
struct Name {
  std::vector<std::uint32_t> variables;  // in the order of the list
  std::size_t next = 0;                  // those before it have been met
  std::vector<std::uint32_t> on_stack;   // those whose group is not closed yet, in the order met
};

// The names that each variable refers to, in one flat array.
class Graph {
 public:
  explicit Graph(std::span<const Variable> variables);

  std::span<const std::uint32_t> references(std::uint32_t variable) const {
    return std::span(references_).subspan(first_[variable], first_[variable + 1] - first_[variable]);
  }

  std::vector<Name> names;
  std::vector<std::uint32_t> name_of;  // by variable

 private:
  std::vector<std::uint32_t> references_;
  std::vector<std::uint32_t> first_;  // by variable, into references_; one more at the end
};

Graph::Graph(std::span<const Variable> variables) {
  std::unordered_map<std::string_view, std::uint32_t> ids;
  ids.reserve(variables.size());
  for (const Variable& variable : variables) {
    const auto [known, added] = ids.try_emplace(variable.key, static_cast<std::uint32_t>(names.size()));
    if (added) names.emplace_back();
    names[known->second].variables.push_back(static_cast<std::uint32_t>(name_of.size()));
    name_of.push_back(known->second);
  }
  for (const Variable& variable : variables) {
    first_.push_back(static_cast<std::uint32_t>(references_.size()));
    if (variable.raw || !variable.value) continue;
    ReferenceScanner scanner(*variable.value, Pairs::shield);
    for (Reference reference; scanner.next(reference);) {
      const auto known = ids.find(reference.name);
      if (known != ids.end()) references_.push_back(known->second);
    }
  }
  first_.push_back(static_cast<std::uint32_t>(references_.size()));
}

// Tarjan's strongly connected components without recursion. A name's variables are met through a cursor that all
// references to it share, so repeated names cost no more than others.
class Walk {
 public:
  explicit Walk(Graph& graph) : graph_(graph), met_(graph.name_of.size(), kUnseen), low_(graph.name_of.size(), 0) {}

  Order run();

 private:
  struct Frame {
    std::uint32_t variable = 0;
    std::size_t reference = 0;  // of its references, the one being followed
  };

  void enter(std::uint32_t variable);
  void walk_from(std::uint32_t variable);
  bool enter_referred(Name& name);
  void leave();

  Graph& graph_;
  std::vector<std::uint32_t> met_;  // by variable: when it was met
  std::vector<std::uint32_t> low_;  // by variable: the earliest variable on the stack that it reaches
  std::uint32_t clock_ = 0;
  std::vector<Frame> frames_;
  std::vector<std::uint32_t> stack_;
  Order order_;
};

Order Walk::run() {
  for (std::uint32_t variable = 0; variable < met_.size(); ++variable) {
    if (met_[variable] == kUnseen) walk_from(variable);
  }
  return std::move(order_);
}

void Walk::enter(std::uint32_t variable) {
  met_[variable] = low_[variable] = clock_++;
  stack_.push_back(variable);
  graph_.names[graph_.name_of[variable]].on_stack.push_back(variable);
  frames_.push_back({variable, 0});
}

// Enters the first variable of the name that was not met yet.
bool Walk::enter_referred(Name& name) {
  while (name.next < name.variables.size()) {
    const std::uint32_t variable = name.variables[name.next++];
    if (met_[variable] != kUnseen) continue;
    enter(variable);
    return true;
  }
  return false;
}

void Walk::walk_from(std::uint32_t start) {
  enter(start);
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    const auto references = graph_.references(frame.variable);
    if (frame.reference == references.size()) {
      leave();
      continue;
    }
    Name& name = graph_.names[references[frame.reference]];
    const std::uint32_t variable = frame.variable;
    if (enter_referred(name)) continue;
    // The earliest met of the name's variables whose group is open stands first.
    if (!name.on_stack.empty()) low_[variable] = std::min(low_[variable], met_[name.on_stack.front()]);
    ++frame.reference;
  }
}

void Walk::leave() {
  const std::uint32_t variable = frames_.back().variable;
  frames_.pop_back();
  if (!frames_.empty()) low_[frames_.back().variable] = std::min(low_[frames_.back().variable], low_[variable]);
  if (low_[variable] != met_[variable]) return;
  const auto first = std::find(stack_.rbegin(), stack_.rend(), variable).base() - 1;
  std::vector<std::uint32_t> group(first, stack_.end());
  stack_.erase(first, stack_.end());
  for (const std::uint32_t member : group) graph_.names[graph_.name_of[member]].on_stack.pop_back();
  order_.sorted.insert(order_.sorted.end(), group.begin(), group.end());
  if (group.size() > 1) order_.cycles.push_back(std::move(group));
}

}  // namespace

Order order_by_reference(std::span<const Variable> variables) {
  Graph graph(variables);
  return Walk(graph).run();
}

}  // namespace willrun::vars
