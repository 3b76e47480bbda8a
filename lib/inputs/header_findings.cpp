#include "inputs/header_findings.hpp"

#include <fmt/format.h>

#include <willrun/nearest.hpp>
#include "base/utf8.hpp"
#include "diag/codes.hpp"
#include "ruby/print.hpp"

namespace willrun::inputs {

namespace {

constexpr std::size_t kShownCharacters = 60;

std::string cut(std::string_view text) {
  const std::size_t end = utf8::offset_of(text, kShownCharacters);
  return end < text.size() ? std::string(text.substr(0, end)) + "..." : std::string(text);
}

}  // namespace

HeaderPath HeaderPath::below(const yaml::Tree& tree, yaml::NodeId key, std::string_view kind) const {
  const std::string name = ruby::to_s(tree, key);
  const bool is_false = tree.kind(key) == ValueKind::boolean && !tree[key].boolean;
  return below(is_false || utf8::is_blank(name) ? kind : std::string_view(name));
}

void HeaderFindings::add(const HeaderPath& path, yaml::NodeId node, std::string message, std::string_view complaint) {
  diagnostics_.push_back(diag::make(diag::Code::header_invalid, tree_.span(node), std::move(message),
                                    utf8::lowercase(fmt::format("{} {}", path.text(), complaint))));
}

bool HeaderFindings::expect_map(const HeaderPath& path, yaml::NodeId node) {
  if (tree_.is_mapping(node)) return true;
  add(path, node, fmt::format("`{}` is {}, expected a map", path.text(), describe(tree_, node)),
      "config should be a hash");
  return false;
}

bool HeaderFindings::expect_keys(const HeaderPath& path, yaml::NodeId map, std::span<const std::string_view> known) {
  std::vector<std::string> unknown;
  yaml::NodeId first = yaml::kNoNode;
  for (const yaml::Entry& entry : tree_.entries(map)) {
    const ValueKind kind = tree_.kind(entry.key);
    const bool is_name = kind == ValueKind::string || kind == ValueKind::symbol;
    if (is_name && std::find(known.begin(), known.end(), tree_.text(entry.key)) != known.end()) continue;
    if (unknown.empty()) first = entry.key;
    unknown.push_back(ruby::to_s(tree_, entry.key));
  }
  if (unknown.empty()) return true;
  add(path, first,
      fmt::format("`{}` is no key of `{}`, expected {}", unknown.front(), path.text(), fmt::join(known, ", ")),
      fmt::format("config contains unknown keys: {}", fmt::join(unknown, ", ")));
  diagnostics_.back().help = suggestion(unknown.front(), known);
  return false;
}

std::string describe(const yaml::Tree& tree, yaml::NodeId node) {
  switch (tree.kind(node)) {
    case ValueKind::null: return "null";
    case ValueKind::sequence: return "a list";
    case ValueKind::mapping: return "a map";
    case ValueKind::reference: return "a `!reference`";
    case ValueKind::string:
    case ValueKind::symbol: return fmt::format("the text `{}`", cut(tree.text(node)));
    case ValueKind::boolean: return tree[node].boolean ? "true" : "false";
    default: return fmt::format("the number {}", cut(ruby::to_s(tree, node)));
  }
}

}  // namespace willrun::inputs
