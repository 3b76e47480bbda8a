// YAML with places: for tools that read a file of their own, point into it and change parts of it. read_yaml() in
// yaml.hpp gives the same values without places.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>
#include <willrun/source.hpp>
#include <willrun/value.hpp>

namespace willrun {

struct YamlEntry;

// One value and where it is written. An alias and what a merge key brings are copies whose spans are those of their
// anchor, so that they stand outside the collection that holds them. A plain value; nesting is within
// Limits::yaml_depth.
struct YamlNode {
  ValueKind kind = ValueKind::null;
  // Of a scalar from its first character, quotes included; of a block collection up to its last value; an empty value
  // stands right behind its key.
  Span span;
  bool flow = false;               // a collection in brackets
  Value scalar;                    // null for collections
  std::vector<YamlNode> items;     // of a sequence; of a reference its one item
  std::vector<YamlEntry> entries;  // of a mapping, in document order

  bool is_null() const { return kind == ValueKind::null; }
  // The value under a text as key; null pointer when there is none or this is no mapping.
  const YamlNode* find(std::string_view key) const;
  // Same shape: item by item and pair by pair.
  Value value() const;
};

// A pair of a mapping.
struct YamlEntry {
  YamlNode key;
  YamlNode value;
};

// A text as one document. Movable, not copyable.
struct YamlNodes {
  std::optional<YamlNode> root;  // none when there is an error
  std::vector<Diagnostic> diagnostics;
  SourceFiles files;  // the text as its only file
};

// As read_yaml(): the first document, scalars as Ruby's Psych resolves them. Never throws for what stands in the text.
YamlNodes read_yaml_nodes(std::string_view text, std::string name, const LoadOptions& options = {});

}  // namespace willrun
