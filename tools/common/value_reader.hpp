// Reading maps that a user wrote: every key known, every value of its kind, or an exception that says what is wrong.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/value.hpp>

namespace willrun::tools {

// What is wrong, without the name of the file.
struct WrongValue {
  std::string text;
  const Value* value = nullptr;  // which value or key, where that is known; lives as long as what was read
};

// One key of a map, and what reads its value.
struct MapKey {
  std::string_view name;
  std::function<void(const Value&)> read;
};

// Reads a map; null is an empty one. Unknown keys are wrong, so that a misspelt one does not go unnoticed. `name` is
// what messages call the map. These throw WrongValue.
void read_map(const Value& map, std::string_view name, const std::vector<MapKey>& keys);
const std::string& text_of(const Value& value, std::string_view name);
std::int64_t number_of(const Value& value, std::string_view name);  // at least 0
bool flag_of(const Value& value, std::string_view name);
std::vector<std::string> texts_of(const Value& value, std::string_view name);
const Value::Mapping& pairs_of(const Value& value, std::string_view name);

// Keys that fill one field; the name of the key is in messages.
MapKey text_key(std::string_view name, std::string& field);
MapKey flag_key(std::string_view name, bool& field);
MapKey texts_key(std::string_view name, std::vector<std::string>& field);

// A YAML or JSON file; null where there is none. Throws WrongValue, and sets `missing` when there is no such file.
Value read_value_file(const std::string& path, bool& missing);

}  // namespace willrun::tools
