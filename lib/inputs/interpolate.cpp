#include "inputs/interpolate.hpp"

#include "base/utf8.hpp"
#include "inputs/header.hpp"
#include "inputs/rekey.hpp"
#include "inputs/resolve.hpp"
#include "inputs/rule_graph.hpp"
#include "inputs/template.hpp"

namespace willrun::inputs {

namespace {

using yaml::kNoNode;
using yaml::NodeId;

// Ruby's present?: not null, false, blank or empty.
bool is_present(const yaml::Tree& tree, NodeId node) {
  if (node == kNoNode) return false;
  switch (tree.kind(node)) {
    case ValueKind::null: return false;
    case ValueKind::boolean: return tree[node].boolean;
    case ValueKind::string:
    case ValueKind::symbol: return !utf8::is_blank(tree.text(node));
    case ValueKind::sequence:
    case ValueKind::mapping: return tree[node].size > 0;
    default: return true;
  }
}

NodeId add_symbol(yaml::Tree& tree, std::string_view text, Span span) {
  return tree.add_scalar(ValueKind::symbol, tree.keep(text), span, yaml::Style::computed);
}

NodeId component_map(yaml::Tree& tree, const Header& header, NodeId component, Span span) {
  std::vector<yaml::Entry> entries;
  for (const std::string_view field : header.component) {
    const NodeId value = component == kNoNode ? kNoNode : tree.find(component, field);
    if (value != kNoNode) entries.push_back({add_symbol(tree, field, span), value});
  }
  return tree.add_mapping(entries, span);
}

// {inputs: {...}, component: {...}}: what blocks name.
NodeId block_root(yaml::Tree& tree, const Header& header, const std::vector<NodeId>& values, NodeId component,
                  Span span) {
  std::vector<yaml::Entry> inputs;
  for (std::size_t i = 0; i < values.size(); ++i) {
    inputs.push_back({add_symbol(tree, header.inputs[i].name, span), values[i]});
  }
  const NodeId input_map = tree.add_mapping(inputs, span);
  const yaml::Entry entries[] = {
      {add_symbol(tree, "inputs", span), input_map},
      {add_symbol(tree, "component", span), component_map(tree, header, component, span)},
  };
  return tree.add_mapping(entries, span);
}

std::uint64_t longest_value(std::span<const Variable> variables) {
  std::uint64_t longest = 0;
  for (const Variable& variable : variables) {
    if (variable.value) longest = std::max<std::uint64_t>(longest, variable.value->size());
  }
  return longest;
}

std::vector<Diagnostic> graph_findings(const yaml::Tree& tree, const yaml::CiText& text, const Arguments& arguments,
                                       const Limits& limits) {
  if (!arguments.check_rule_graph) return {};
  return check_rule_graph(tree, text.header, limits);
}

// Findings between rules stand among the header's; a crash there comes before everything else.
Outcome<Header> checked_header(yaml::Tree& tree, const yaml::CiText& text, const Arguments& arguments,
                               const Limits& limits) {
  std::vector<Diagnostic> graph = graph_findings(tree, text, arguments, limits);
  const bool crashed = !graph.empty() && graph.front().code == diag::row(diag::Code::inputs_crash).id;
  if (crashed) return {std::nullopt, std::move(graph)};
  Outcome<Header> header = read_header(tree, text.header, limits);
  if (graph.empty()) return header;
  header.value.reset();
  header.diagnostics.insert(header.diagnostics.end(), graph.begin(), graph.end());
  return header;
}

}  // namespace

Outcome<NodeId> interpolate(yaml::Tree& tree, const SourceFiles& files, const yaml::CiText& text,
                            const Arguments& arguments, const LoadOptions& options) {
  if (!text.has_header) {
    if (!is_present(tree, arguments.given)) return {text.content, {}};
    return {std::nullopt,
            {diag::make(diag::Code::input_unknown, arguments.place, "inputs are given to a file that declares none",
                        "Given inputs not defined in the `spec` section of the included configuration file")}};
  }
  Outcome<Header> header = checked_header(tree, text, arguments, options.limits);
  if (!header.value) return {std::nullopt, std::move(header.diagnostics)};
  NodeId given = arguments.given;
  if (given != kNoNode) given = with_keys(tree, given, ValueKind::symbol);
  Outcome<std::vector<NodeId>> values = resolve(tree, *header.value, given, arguments.place, options.limits);
  if (!values.value) return {std::nullopt, std::move(values.diagnostics)};
  const Span span = tree.span(text.header);
  const vars::ListScope variables(arguments.variables);
  const BlockContext context{block_root(tree, *header.value, *values.value, arguments.component, span),
                             {variables, longest_value(arguments.variables), options.limits}};
  return fill_in(tree, text.content, files, context);
}

}  // namespace willrun::inputs
