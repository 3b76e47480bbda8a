// Changing values in a YAML text, and nothing around them.
#pragma once

#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/value.hpp>
#include <willrun/yaml_node.hpp>

namespace willrun::scenario {

// What to change in `text` so that the value of `key`, an entry of `map`, reads as `wanted`: single items and entries
// where some of them stay, in the style and indentation of their neighbours, else the whole value. Comments stay but
// for those of what is taken out. Layouts that it cannot change (aliases, keys behind `?`) give changes that do not do
// it, so the caller reads the result again.
std::vector<Fix> value_fixes(std::string_view text, const YamlNode& map, std::string_view key, const Value& wanted);

// The same with the whole value written anew.
std::vector<Fix> rewrite_fixes(std::string_view text, const YamlNode& map, std::string_view key, const Value& wanted);

// What to add to the map, which has an entry already, for a new entry at its end.
std::vector<Fix> entry_fixes(std::string_view text, const YamlNode& map, std::string_view key, const Value& value);

}  // namespace willrun::scenario
