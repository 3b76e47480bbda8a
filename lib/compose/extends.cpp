#include "compose/extends.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <willrun/nearest.hpp>
#include "compose/merge.hpp"
#include "diag/codes.hpp"
#include "ruby/print.hpp"

namespace willrun::compose {

namespace {

using diag::Code;
using yaml::Entry;
using yaml::kNoNode;
using yaml::NodeId;
using yaml::Tree;

// One name under `extends`, as GitLab spells it.
struct Base {
  std::string name;
  NodeId place;
};

class ExtendsResolver {
 public:
  ExtendsResolver(Tree& tree, NodeId root, const Limits& limits)
      : tree_(tree), root_(root), limits_(limits), entries_(tree.entries(root).begin(), tree.entries(root).end()) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (is_name(entries_[i].key)) index_.try_emplace(tree.text(entries_[i].key), i);
    }
    done_.resize(entries_.size());
  }

  Outcome<NodeId> run() {
    bool changed = false;
    for (std::size_t i = 0; i < entries_.size() && !error_; ++i) {
      if (bases_of(entries_[i].value).empty()) continue;
      extend(i);
      changed = true;
    }
    if (error_) return {std::nullopt, {std::move(*error_)}};
    if (!changed) return {root_, {}};
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (done_[i].merged != kNoNode) entries_[i].value = done_[i].merged;
    }
    return {tree_.add_mapping(entries_, tree_.span(root_)), {}};
  }

 private:
  struct Done {
    NodeId merged = kNoNode;  // none while it was not looked at
    std::size_t height = 0;   // entries below it in a row that extend in turn
  };

  bool is_name(NodeId key) const { return tree_.is_string(key) || tree_.kind(key) == ValueKind::symbol; }
  std::string_view name(std::size_t index) const { return tree_.text(entries_[index].key); }

  // A list names each of its items, a map each of its pairs, everything else itself.
  std::vector<Base> bases_of(NodeId value) const {
    std::vector<Base> bases;
    const NodeId extends = tree_.find(value, "extends");
    if (extends == kNoNode || tree_.kind(extends) == ValueKind::null) return bases;
    if (tree_.is_mapping(extends)) {
      for (const Entry& entry : tree_.entries(extends)) {
        bases.push_back({fmt::format("[{}, {}]", ruby::inspect_symbol(ruby::to_s(tree_, entry.key)),
                                     ruby::inspect(tree_, entry.value)),
                         extends});
      }
    } else if (tree_.is_sequence(extends)) {
      for (const NodeId item : tree_.items(extends)) bases.push_back({ruby::to_s(tree_, item), item});
    } else {
      bases.push_back({ruby::to_s(tree_, extends), extends});
    }
    return bases;
  }

  bool fail(Code code, std::size_t index, std::string_view problem, NodeId place) {
    const std::string text = fmt::format("{}: {}", name(index), problem);
    error_ = diag::make(code, tree_.span(place), std::string(problem), text);
    if (tree_[place].begin != tree_[entries_[index].key].begin) {
      error_->labels.push_back({tree_.span(entries_[index].key), "extended here"});
    }
    return false;
  }

  // Bases that do not exist, or that are no maps.
  bool bases_are_sound(std::size_t index, const std::vector<Base>& bases) {
    std::vector<std::string_view> unknown, no_maps;
    NodeId place = kNoNode;
    for (const Base& base : bases) {
      const auto found = index_.find(base.name);
      const bool is_unknown = found == index_.end();
      if (!is_unknown && tree_.is_mapping(entries_[found->second].value)) continue;
      if (place == kNoNode || (is_unknown && unknown.empty())) place = base.place;
      (is_unknown ? unknown : no_maps).push_back(base.name);
    }
    if (!unknown.empty()) return unknown_base(index, unknown, place);
    if (no_maps.empty()) return true;
    return fail(Code::extends_invalid, index,
                fmt::format("invalid base hashes in `extends` ({})", fmt::join(no_maps, ", ")), place);
  }

  bool unknown_base(std::size_t index, const std::vector<std::string_view>& unknown, NodeId place) {
    fail(Code::extends_unknown, index, fmt::format("unknown keys in `extends` ({})", fmt::join(unknown, ", ")), place);
    std::vector<std::string_view> known;
    for (const auto& [known_name, position] : index_) known.push_back(known_name);
    std::sort(known.begin(), known.end());
    error_->help = suggestion(unknown.front(), known);
    return false;
  }

  // Merges an entry with its bases; `path_` holds the entries that lead here. False when there is an error.
  bool extend(std::size_t index) {
    const std::vector<Base> bases = bases_of(entries_[index].value);
    if (bases.empty()) return true;
    if (done_[index].merged != kNoNode && path_.size() + done_[index].height <= limits_.extends_depth) return true;
    if (!bases_are_sound(index, bases)) return false;
    const NodeId key = entries_[index].key;
    if (path_.size() > limits_.extends_depth) {
      return fail(Code::extends_too_deep, index, "nesting too deep in `extends`", key);
    }
    if (std::find(path_.begin(), path_.end(), index) != path_.end()) {
      return fail(Code::extends_cycle, index, "circular dependency detected in `extends`", key);
    }
    path_.push_back(index);
    NodeId merged = kNoNode;
    std::size_t height = 0;
    for (const Base& base : bases) {
      const std::size_t below = index_.at(base.name);
      if (!extend(below)) return false;
      const NodeId taken = done_[below].merged != kNoNode ? done_[below].merged : entries_[below].value;
      merged = merged == kNoNode ? taken : deep_merge(tree_, merged, taken);
      if (done_[below].merged != kNoNode) height = std::max(height, done_[below].height + 1);
    }
    path_.pop_back();
    done_[index] = {deep_merge(tree_, merged, entries_[index].value), height};
    return true;
  }

  Tree& tree_;
  NodeId root_;
  const Limits& limits_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string_view, std::size_t> index_;
  std::vector<Done> done_;
  std::vector<std::size_t> path_;
  std::optional<Diagnostic> error_;
};

}  // namespace

Outcome<NodeId> resolve_extends(Tree& tree, NodeId root, const Limits& limits) {
  return ExtendsResolver(tree, root, limits).run();
}

}  // namespace willrun::compose
