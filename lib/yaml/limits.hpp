// GitLab's limits on a parsed document: nesting, and Ruby object sizes.
#pragma once

#include <optional>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>

#include "yaml/tree.hpp"

namespace willrun::yaml {

// "The parsed YAML is too big" where the document under `root` nests deeper than Limits::yaml_depth or measures more
// than Limits::yaml_object_bytes, each use of an alias counted. A document that holds itself is too deep. Every node
// from `first` on may belong to the document, none before does. Cost is linear in the nodes, whatever the aliases
// expand to.
std::optional<Diagnostic> check_size(const Tree& tree, NodeId first, NodeId root, bool has_alias, const Limits& limits);

// Bytes of Ruby's own objects (3.1, 64 bits) for a string of this length, a list and a map with this many entries.
std::uint64_t string_bytes(std::size_t length);
std::uint64_t list_bytes(std::size_t items);
std::uint64_t map_bytes(std::size_t pairs);

}  // namespace willrun::yaml
