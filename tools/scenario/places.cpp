#include "scenario/places.hpp"

namespace willrun::scenario {

void Places::note(const YamlNode& node, const Value& value) {
  nodes_.emplace(&value, &node);
  for (std::size_t i = 0; i < node.items.size(); ++i) note(node.items[i], value.items()[i]);
  for (std::size_t i = 0; i < node.entries.size(); ++i) {
    note(node.entries[i].first, value.pairs()[i].first);
    note(node.entries[i].second, value.pairs()[i].second);
  }
}

YamlNode overlay(const YamlNode& base, const YamlNode& over) {
  if (base.kind != ValueKind::mapping || over.kind != ValueKind::mapping) return over;
  YamlNode merged = base;
  merged.span = over.span;
  for (const auto& [key, node] : over.entries) {
    YamlNode laid = node;
    const Value name = key.value();
    std::erase_if(merged.entries, [&](const auto& entry) {
      if (!(entry.first.value() == name)) return false;
      laid = overlay(entry.second, node);
      return true;
    });
    merged.entries.emplace_back(key, std::move(laid));
  }
  return merged;
}

}  // namespace willrun::scenario
