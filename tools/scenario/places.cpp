#include "scenario/places.hpp"

namespace willrun::scenario {

void Places::note(const YamlNode& node, const Value& value) {
  nodes_.emplace(&value, &node);
  for (std::size_t i = 0; i < node.items.size(); ++i) note(node.items[i], value.items()[i]);
  for (std::size_t i = 0; i < node.entries.size(); ++i) {
    note(node.entries[i].key, value.pairs()[i].first);
    note(node.entries[i].value, value.pairs()[i].second);
  }
}

YamlNode overlay(const YamlNode& base, const YamlNode& over) {
  if (base.kind != ValueKind::mapping || over.kind != ValueKind::mapping) return over;
  YamlNode merged = base;
  merged.span = over.span;
  for (const YamlEntry& upper : over.entries) {
    YamlNode laid = upper.value;
    const Value name = upper.key.value();
    std::erase_if(merged.entries, [&](const YamlEntry& lower) {
      if (!(lower.key.value() == name)) return false;
      laid = overlay(lower.value, upper.value);
      return true;
    });
    merged.entries.push_back({upper.key, std::move(laid)});
  }
  return merged;
}

}  // namespace willrun::scenario
