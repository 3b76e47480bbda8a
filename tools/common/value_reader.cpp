#include "common/value_reader.hpp"

#include <algorithm>

#include <willrun/nearest.hpp>
#include <willrun/yaml.hpp>

#include "common/read_file.hpp"

namespace willrun::tools {

namespace {

[[noreturn]] void wrong(const Value& value, std::string_view name, std::string_view what) {
  std::string text(name);
  throw WrongValue{text.append(" is no ").append(what), &value};
}

constexpr std::size_t kMostListed = 10;  // names in a message

// What may have been meant; of few names all.
std::string advice(std::string_view word, const std::vector<std::string_view>& names) {
  const std::string meant = suggestion(word, names);
  if (!meant.empty()) return "; " + meant;
  std::string all;
  for (const std::string_view name : names) all.append(all.empty() ? ": it takes " : ", ").append(name);
  return names.size() > kMostListed ? std::string() : all;
}

}  // namespace

void read_map(const Value& map, std::string_view name, const std::vector<MapKey>& keys) {
  if (map.is_null()) return;
  for (const auto& [key, value] : pairs_of(map, name)) {
    const std::string& word = text_of(key, "a key of " + std::string(name));
    const auto known = std::find_if(keys.begin(), keys.end(), [&](const MapKey& one) { return one.name == word; });
    if (known != keys.end()) {
      known->read(value);
      continue;
    }
    std::vector<std::string_view> names;
    for (const MapKey& one : keys) names.push_back(one.name);
    std::string text = "`";
    text.append(word).append("` is not known in ").append(name).append(advice(word, names));
    throw WrongValue{std::move(text), &key};
  }
}

const std::string& text_of(const Value& value, std::string_view name) {
  if (value.kind() != ValueKind::string) wrong(value, name, "text");
  return value.text();
}

std::int64_t number_of(const Value& value, std::string_view name) {
  if (value.kind() != ValueKind::integer || value.integer() < 0) wrong(value, name, "number of at least 0");
  return value.integer();
}

bool flag_of(const Value& value, std::string_view name) {
  if (value.kind() != ValueKind::boolean) wrong(value, name, "true or false");
  return value.boolean();
}

std::vector<std::string> texts_of(const Value& value, std::string_view name) {
  if (value.kind() != ValueKind::sequence) wrong(value, name, "list");
  std::vector<std::string> texts;
  for (const Value& item : value.items()) texts.push_back(text_of(item, "an item of " + std::string(name)));
  return texts;
}

const Value::Mapping& pairs_of(const Value& value, std::string_view name) {
  if (value.kind() != ValueKind::mapping) wrong(value, name, "map");
  return value.pairs();
}

MapKey text_key(std::string_view name, std::string& field) {
  return {name, [name, &field](const Value& value) { field = text_of(value, name); }};
}
MapKey flag_key(std::string_view name, bool& field) {
  return {name, [name, &field](const Value& value) { field = flag_of(value, name); }};
}
MapKey texts_key(std::string_view name, std::vector<std::string>& field) {
  return {name, [name, &field](const Value& value) { field = texts_of(value, name); }};
}

Value read_value_file(const std::string& path, bool& missing) {
  FileText text = read_file(path);
  missing = text.missing;
  if (!text.failure.empty()) throw WrongValue{text.failure};
  const YamlDocument document = read_yaml(text.text, {}, path);
  if (document.value) return *document.value;
  const Diagnostic& found = document.diagnostics.front();
  throw WrongValue{"line " + std::to_string(document.files.locate(found.span.file, found.span.begin).line) + ": " +
                   found.message};
}

}  // namespace willrun::tools
