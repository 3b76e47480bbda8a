#include "common/value_json.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace willrun::tools {

namespace {

using Json = nlohmann::ordered_json;

Json tagged(const char* tag, Json content) { return Json{{tag, std::move(content)}}; }

Json floating(double number) {
  if (std::isnan(number)) return tagged("$float", "NaN");
  if (std::isinf(number)) return tagged("$float", number > 0 ? "Infinity" : "-Infinity");
  return number;
}

Json sequence(const Value& value) {
  Json json = Json::array();
  for (const Value& item : value.items()) json.push_back(to_json_value(item));
  return json;
}

bool is_plain(const Value::Mapping::value_type& pair) {
  return pair.first.kind() == ValueKind::string && !pair.first.text().starts_with('$');
}

Json mapping(const Value& value) {
  const Value::Mapping& pairs = value.pairs();
  if (std::all_of(pairs.begin(), pairs.end(), is_plain)) {
    Json json = Json::object();
    for (const auto& [key, item] : pairs) json[key.text()] = to_json_value(item);
    return json;
  }
  Json list = Json::array();
  for (const auto& [key, item] : pairs) list.push_back({to_json_value(key), to_json_value(item)});
  return tagged("$map", std::move(list));
}

}  // namespace

nlohmann::ordered_json to_json_value(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null: return nullptr;
    case ValueKind::boolean: return value.boolean();
    case ValueKind::integer: return value.integer();
    case ValueKind::big_integer: return tagged("$int", value.text());
    case ValueKind::floating: return floating(value.floating());
    case ValueKind::big_decimal: return tagged("$bigdecimal", value.text());
    case ValueKind::string: return value.text();
    case ValueKind::symbol: return tagged("$symbol", value.text());
    case ValueKind::regexp: return tagged("$regexp", value.text());
    case ValueKind::sequence: return sequence(value);
    case ValueKind::mapping: return mapping(value);
    case ValueKind::reference: return tagged("$reference", to_json_value(value.items().front()));
  }
  return nullptr;
}

std::string json_text(const Value& value) {
  return to_json_value(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace willrun::tools
