#include "inputs/template.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "inputs/substitute.hpp"
#include "ruby/print.hpp"
#include "yaml/node_keys.hpp"
#include "yaml/scalar_map.hpp"

namespace willrun::inputs {

namespace {

using diag::Code;
using yaml::kNoNode;
using yaml::NodeId;

// Comparisons that two keys may cost; see yaml::equal_keys.
constexpr std::size_t kKeySteps = 10'000;

class Template {
 public:
  Template(yaml::Tree& tree, const SourceFiles& files, const BlockContext& context)
      : tree_(tree), files_(files), context_(context), limits_(context.functions.limits) {}

  Outcome<NodeId> fill_in(NodeId content) {
    const NodeId root = visit(content);
    if (!diagnostics_.empty()) return {std::nullopt, std::move(diagnostics_)};
    return {root, {}};
  }

 private:
  bool failed() const { return !diagnostics_.empty(); }

  // Recursion is as deep as the content, which loading bounds.
  NodeId visit(NodeId node) {
    if (failed()) return node;
    if (++visited_ > limits_.interpolation_nodes) {
      fail(Code::interpolation_limit, tree_.span(node),
           fmt::format("the content has more than {} nodes", limits_.interpolation_nodes), "config tree too large");
      return node;
    }
    switch (tree_.kind(node)) {
      case ValueKind::mapping: return visit_map(node);
      case ValueKind::sequence: return visit_list(node);
      case ValueKind::string:
      case ValueKind::symbol: return visit_text(node);
      default: return node;
    }
  }

  NodeId visit_map(NodeId node) {
    const std::size_t count = tree_[node].size;
    std::vector<yaml::Entry> entries;
    entries.reserve(count);
    bool keys_changed = false;
    bool changed = false;
    for (std::size_t i = 0; i < count && !failed(); ++i) {
      const yaml::Entry before = tree_.entries(node)[i];
      const NodeId key = visit(before.key);
      entries.push_back({key, visit(before.value)});
      keys_changed = keys_changed || key != before.key;
      changed = changed || keys_changed || entries.back().value != before.value;
    }
    if (!changed) return node;
    if (keys_changed) unify(entries);
    return tree_.add_mapping(entries, tree_.span(node), tree_[node].style);
  }

  void unify(std::vector<yaml::Entry>& entries) const {
    const auto hash = [this](NodeId key) { return yaml::hash_key(tree_, key); };
    const auto equal = [this](NodeId a, NodeId b) { return yaml::equal_keys(tree_, a, b, kKeySteps); };
    std::unordered_map<NodeId, std::size_t, decltype(hash), decltype(equal)> places(entries.size(), hash, equal);
    std::size_t kept = 0;
    for (const yaml::Entry& entry : entries) {
      const auto [known, is_new] = places.try_emplace(entry.key, kept);
      if (is_new) {
        entries[kept++] = entry;
      } else {
        entries[known->second].value = entry.value;
      }
    }
    entries.resize(kept);
  }

  NodeId visit_list(NodeId node) {
    const std::size_t count = tree_[node].size;
    std::vector<NodeId> items;
    items.reserve(count);
    bool changed = false;
    for (std::size_t i = 0; i < count && !failed(); ++i) {
      const NodeId before = tree_.items(node)[i];
      const NodeId item = visit(before);
      changed = changed || item != before;
      if (tree_.is_string(before) && tree_.is_sequence(item)) {
        const auto spliced = tree_.items(item);
        if (!charge(before, spliced.size() * sizeof(NodeId))) break;
        items.insert(items.end(), spliced.begin(), spliced.end());
      } else {
        items.push_back(item);
      }
    }
    return changed ? tree_.add_sequence(items, tree_.span(node), tree_[node].style) : node;
  }

  NodeId visit_text(NodeId node) {
    const std::string_view text = tree_.text(node);
    if (text.size() > limits_.interpolation_node_bytes) {
      fail(Code::interpolation_limit, tree_.span(node),
           fmt::format("the text has {} bytes, at most {} are allowed", text.size(), limits_.interpolation_node_bytes),
           "config node too large");
      return node;
    }
    const NodeId filled = text.find("$[[") == std::string_view::npos ? node : fill_text(node, text);
    if (filled != node || tree_.kind(node) == ValueKind::string) return filled;
    return tree_.add_scalar(ValueKind::string, text, tree_.span(node), tree_[node].style);
  }

  NodeId fill_text(NodeId node, std::string_view text) {
    std::vector<Replacement> replacements;
    BlockFinder finder(text);
    while (const std::optional<Block> block = finder.next()) {
      if (is_matrix_block(*block)) continue;
      const NodeId value = evaluate(node, *block);
      if (failed()) return node;
      if (block->text.size() == text.size()) return placed(node, value);
      replacements.push_back({block->text, ruby::to_s(tree_, value)});
      if (!charge(node, replacements.back().value.size())) return node;
    }
    if (replacements.empty()) return node;
    const Substituted filled = substitute(text, replacements, limits_.interpolated_bytes - made_);
    if (filled.status == SubstituteStatus::crashed) {
      fail(Code::inputs_crash, tree_.span(node), "a value put into this text holds `\\k<`, which GitLab fails on", "");
      return node;
    }
    const bool fits = filled.status == SubstituteStatus::done;
    if (!charge(node, fits ? filled.text.size() : limits_.interpolated_bytes + 1)) return node;
    return tree_.add_string(filled.text, tree_.span(node));
  }

  // The value with the span of the text that it replaces; its children keep theirs.
  NodeId placed(NodeId text, NodeId value) {
    yaml::Node node = tree_[value];
    node.file = tree_[text].file;
    node.begin = tree_[text].begin;
    node.end = tree_[text].end;
    node.style = yaml::Style::computed;
    return tree_.add(node);
  }

  // Counts what interpolation makes; false, and an error, when that is too much.
  bool charge(NodeId node, std::uint64_t bytes) {
    if (bytes <= limits_.interpolated_bytes - made_) {
      made_ += bytes;
      return true;
    }
    fail(Code::interpolation_limit, tree_.span(node),
         fmt::format("what is put into the content has more than {} bytes", limits_.interpolated_bytes), "");
    return false;
  }

  // GitLab evaluates equal blocks once.
  NodeId evaluate(NodeId text, const Block& block) {
    const auto known = values_.find(block.text);
    if (known != values_.end()) return known->second;
    if (values_.size() >= limits_.interpolation_blocks) {
      fail(Code::interpolation_limit, place(text, block.text),
           fmt::format("the content has more than {} different blocks", limits_.interpolation_blocks),
           "too many interpolation blocks");
      return kNoNode;
    }
    BlockValue value = evaluate_block(tree_, block, context_, tree_.span(text));
    for (BlockError& error : value.errors) {
      fail(error.code, place(text, error.place.empty() ? block.text : error.place), std::move(error.message),
           std::move(error.gitlab_text));
      diagnostics_.back().help = std::move(error.help);
    }
    if (!failed() && charge(text, value.made)) values_.emplace(block.text, value.value);
    return value.value;
  }

  // Where a part of a text stands in its file.
  Span place(NodeId text, std::string_view part) const {
    const auto begin = static_cast<std::size_t>(part.data() - tree_.text(text).data());
    return yaml::ScalarMap(tree_, text, files_).span(begin, begin + part.size());
  }

  void fail(Code code, Span span, std::string message, std::string gitlab_text) {
    diagnostics_.push_back(diag::make(code, span, std::move(message), std::move(gitlab_text)));
  }

  yaml::Tree& tree_;
  const SourceFiles& files_;
  const BlockContext& context_;
  const Limits& limits_;
  std::vector<Diagnostic> diagnostics_;
  std::unordered_map<std::string_view, NodeId> values_;  // by the block's text, which the tree keeps
  std::uint32_t visited_ = 0;
  std::uint64_t made_ = 0;  // see charge(); at most Limits::interpolated_bytes
};

}  // namespace

Outcome<NodeId> fill_in(yaml::Tree& tree, NodeId content, const SourceFiles& files, const BlockContext& context) {
  return Template(tree, files, context).fill_in(content);
}

}  // namespace willrun::inputs
