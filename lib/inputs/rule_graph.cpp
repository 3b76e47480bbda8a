#include "inputs/rule_graph.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include <willrun/nearest.hpp>
#include "base/components.hpp"
#include "base/utf8.hpp"
#include "diag/codes.hpp"
#include "expr/parser.hpp"
#include "inputs/header_findings.hpp"
#include "ruby/print.hpp"

namespace willrun::inputs {

namespace {

using diag::Code;
using yaml::NodeId;

class Graph {
 public:
  Graph(const yaml::Tree& tree, const Limits& limits) : tree_(tree), limits_(limits) {}

  std::vector<Diagnostic> check(NodeId inputs) {
    for (const yaml::Entry& entry : tree_.entries(inputs)) {
      numbers_.emplace(ruby::to_s(tree_, entry.key), static_cast<std::uint32_t>(names_.size()));
      names_.push_back(ruby::to_s(tree_, entry.key));
    }
    edges_.resize(names_.size());
    const auto entries = tree_.entries(inputs);
    for (std::uint32_t i = 0; i < entries.size() && !crashed_; ++i)
      read_rules(i, tree_.find(entries[i].value, "rules"));
    if (crashed_) return std::move(diagnostics_);
    if (has_circle()) {
      const Span span = tree_.span(entries.front().key);
      diagnostics_.insert(diagnostics_.begin(), finding(span, "rules of inputs refer to each other in a circle", 0,
                                                        "config circular dependency detected"));
    }
    return std::move(diagnostics_);
  }

 private:
  void read_rules(std::uint32_t input, NodeId rules) {
    if (rules == yaml::kNoNode || tree_.kind(rules) == ValueKind::null) return;
    const bool is_list = tree_.is_sequence(rules);
    const bool is_empty_map = tree_.is_mapping(rules) && tree_.entries(rules).empty();
    if (!is_list && !is_empty_map) return crash(rules);
    const auto items = tree_.items(rules);
    for (std::size_t i = 0; i < items.size() && !crashed_; ++i) read_rule(input, i, items[i]);
  }

  void read_rule(std::uint32_t input, std::size_t number, NodeId rule) {
    if (!tree_.is_mapping(rule)) return crash(rule);
    const NodeId condition = tree_.find(rule, "if");
    if (condition == yaml::kNoNode || is_falsy(condition)) return;
    if (!tree_.is_string(condition)) return crash(condition);
    const std::string_view text = tree_.text(condition);
    const expr::Parsed parsed = expr::parse(text, limits_);
    if (parsed.error) return;
    std::vector<std::string_view> undefined;
    for (const std::string_view name : parsed.tree.input_names(text)) {
      const auto known = numbers_.find(std::string(name));
      if (known == numbers_.end()) {
        undefined.push_back(name);
      } else {
        edges_[input].push_back(known->second);
      }
    }
    if (!undefined.empty()) report_undefined(input, number, condition, undefined);
  }

  void report_undefined(std::uint32_t input, std::size_t number, NodeId condition,
                        const std::vector<std::string_view>& undefined) {
    diagnostics_.push_back(
        finding(tree_.span(condition), fmt::format("no input is declared as `{}`", fmt::join(undefined, "`, `")), input,
                fmt::format("config rule[{}] references undefined inputs: {}", number, fmt::join(undefined, ", "))));
    const std::vector<std::string_view> names(names_.begin(), names_.end());
    diagnostics_.back().help = suggestion(undefined.front(), names);
  }

  bool is_falsy(NodeId node) const {
    return tree_.kind(node) == ValueKind::null || (tree_.kind(node) == ValueKind::boolean && !tree_[node].boolean);
  }

  bool has_circle() const {
    for (std::uint32_t i = 0; i < edges_.size(); ++i) {
      if (std::find(edges_[i].begin(), edges_[i].end(), i) != edges_[i].end()) return true;
    }
    return strongly_connected_components(edges_).size() < edges_.size();
  }

  Diagnostic finding(Span span, std::string message, std::uint32_t input, std::string_view complaint) const {
    const std::string text = fmt::format("header:spec:inputs:{} {}", names_[input], complaint);
    return diag::make(Code::input_rule_graph, span, std::move(message), utf8::lowercase(text));
  }

  void crash(NodeId node) {
    crashed_ = true;
    diagnostics_.assign(1, diag::make(Code::inputs_crash, tree_.span(node),
                                      fmt::format("a rule holds {} where GitLab fails on it", describe(tree_, node))));
  }

  const yaml::Tree& tree_;
  const Limits& limits_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::vector<std::uint32_t>> edges_;
  std::vector<Diagnostic> diagnostics_;
  bool crashed_ = false;
};

}  // namespace

std::vector<Diagnostic> check_rule_graph(const yaml::Tree& tree, NodeId header, const Limits& limits) {
  const NodeId spec = tree.find(header, "spec");
  if (spec == yaml::kNoNode) return {};
  const NodeId inputs = tree.find(spec, "inputs");
  if (inputs == yaml::kNoNode) return {};
  return Graph(tree, limits).check(inputs);
}

}  // namespace willrun::inputs
