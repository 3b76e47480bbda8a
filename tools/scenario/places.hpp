// Where values of a file stand.
#pragma once

#include <unordered_map>

#include <willrun/value.hpp>
#include <willrun/yaml_node.hpp>

namespace willrun::scenario {

// A tree of nodes as the value that readers take, and the way back: which node a value came from. Readers say what is
// wrong by pointing at a value. Views into `root`; neither copied nor moved, since values are known by their address.
class Places {
 public:
  explicit Places(const YamlNode& root) : value_(root.value()) { note(root, value_); }
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;

  const Value& value() const { return value_; }
  // The node of value() or of a value in it.
  const YamlNode& node(const Value& value) const { return *nodes_.at(&value); }
  Span span(const Value& value) const { return node(value).span; }
  bool holds(const Value* value) const { return nodes_.contains(value); }

 private:
  void note(const YamlNode& node, const Value& value);

  Value value_;
  std::unordered_map<const Value*, const YamlNode*> nodes_;
};

// `over` laid over `base`, key by key; what is no map takes the other's place. Keys of `over` come last.
YamlNode overlay(const YamlNode& base, const YamlNode& over);

}  // namespace willrun::scenario
