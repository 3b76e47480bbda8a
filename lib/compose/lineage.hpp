// Which job of a file a text belongs to, and how another job came by it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <willrun/source.hpp>

#include "yaml/tree.hpp"

namespace willrun::compose {

// For messages only: nothing is prepared before it is asked. Refers to the tree. Threads: not shared.
class Lineage {
 public:
  // `root`: the configuration before `extends` is resolved.
  Lineage(const yaml::Tree& tree, yaml::NodeId root) : tree_(tree), root_(root) {}

  // The key of the file under which a place stands.
  std::optional<std::string_view> owner(Span place) const;

  // The `extends` entries that lead from one job to another, the first one first; empty when none do.
  std::vector<Span> steps(std::string_view from, std::string_view to) const;

 private:
  bool find_way(yaml::NodeId job, std::string_view to, std::size_t depth, std::vector<Span>& way) const;

  const yaml::Tree& tree_;
  yaml::NodeId root_;
};

}  // namespace willrun::compose
