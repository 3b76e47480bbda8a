#include "conformance/value_json.hpp"

#include <cmath>
#include <limits>
#include <optional>

#include "conformance/digest.hpp"

namespace willrun::conformance {

namespace {

constexpr std::size_t kLongText = 20'000;  // characters
constexpr std::size_t kLongArray = 2'000;  // items

// Builds the document as nlohmann's own handler does, but for integers that do not fit.
class Reader : public nlohmann::detail::json_sax_dom_parser<Json> {
 public:
  using Base = nlohmann::detail::json_sax_dom_parser<Json>;
  explicit Reader(Json& document) : Base(document, true) {}

  bool number_unsigned(std::uint64_t number) {
    if (number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return Base::number_integer(static_cast<std::int64_t>(number));
    }
    return big_integer(std::to_string(number));
  }

  bool number_float(double number, const std::string& digits) {
    if (digits.find_first_of(".eE") == std::string::npos) return big_integer(digits);
    return Base::number_float(number, digits);
  }

 private:
  bool big_integer(std::string digits) {
    std::string key = "$int";
    return Base::start_object(1) && Base::key(key) && Base::string(digits) && Base::end_object();
  }
};

// Bytes of the UTF-8 character that starts at `at`; 0 when it is malformed.
std::size_t character_size(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t size = first < 0x80   ? 1
                           : first < 0xC2 ? 0
                           : first < 0xE0 ? 2
                           : first < 0xF0 ? 3
                           : first < 0xF5 ? 4
                                          : 0;
  if (size == 0 || at + size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((static_cast<unsigned char>(text[at + i]) & 0xC0U) != 0x80U) return 0;
  }
  const auto second = static_cast<unsigned char>(size > 1 ? text[at + 1] : 0);
  const bool malformed = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                         (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return malformed ? 0 : size;
}

// The number of characters; no value for a text that is not UTF-8.
std::optional<std::size_t> character_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    const std::size_t size = character_size(text, at);
    if (size == 0) return std::nullopt;
    at += size;
  }
  return count;
}

bool repeats(std::string_view text, std::string_view character) {
  for (std::size_t at = 0; at < text.size(); at += character.size()) {
    if (text.substr(at, character.size()) != character) return false;
  }
  return true;
}

Json encode_text(const std::string& text) {
  const std::optional<std::size_t> count = character_count(text);
  if (!count) return {{"$binary", base64_encode(text)}};
  if (*count <= kLongText) return text;
  const std::string character = text.substr(0, character_size(text, 0));
  if (repeats(text, character)) return {{"$repeat", Json::array({character, *count})}};
  return {{"$sha256", sha256(text)}, {"chars", *count}, {"bytes", text.size()}};
}

Json encode_float(double number) {
  if (std::isnan(number)) return {{"$float", "NaN"}};
  if (std::isinf(number)) return {{"$float", number > 0 ? "Infinity" : "-Infinity"}};
  return number;
}

enum class Place : unsigned char { value, key };

Json encode_in(const Value& value, Keys keys, Place place);

Json encode_items(const Value& value, Keys keys, Place place) {
  Json out = Json::array();
  for (const Value& item : value.items()) out.push_back(encode_in(item, keys, place));
  if (out.size() <= kLongArray) return out;
  const std::string text = out.dump();
  return {{"$array_sha256", sha256(text)}, {"items", out.size()}, {"first", out.front()}};
}

bool is_plain_key(const Value& key, Keys keys, Place place) {
  if (key.kind() == ValueKind::symbol) return keys == Keys::ci && !key.text().starts_with('$');
  if (key.kind() != ValueKind::string || key.text().starts_with('$')) return false;
  return !(keys == Keys::ci && place == Place::key) && character_count(key.text()).has_value();
}

Json encode_key(const Value& key, Keys keys, Place place) {
  const bool ci = keys == Keys::ci;
  if (ci && key.kind() == ValueKind::symbol) return encode_text(key.text());
  if (ci && place == Place::key && key.kind() == ValueKind::string) return {{"$string", key.text()}};
  return encode_in(key, keys, Place::key);
}

Json encode_pairs(const Value& value, Keys keys, Place place) {
  bool plain = true;
  for (const auto& [key, item] : value.pairs()) plain = plain && is_plain_key(key, keys, place);
  Json out = plain ? Json::object() : Json::array();
  for (const auto& [key, item] : value.pairs()) {
    if (plain) {
      out[key.text()] = encode_in(item, keys, place);
    } else {
      out.push_back(Json::array({encode_key(key, keys, place), encode_in(item, keys, place)}));
    }
  }
  if (plain) return out;
  return {{"$map", std::move(out)}};
}

Json encode_reference(const Value& value, Keys keys) {
  const Value& target = value.items().front();
  Json inside = encode_in(target, keys, Place::value);
  if (target.kind() == ValueKind::sequence) return {{"$reference", std::move(inside)}};
  const char* const form = target.kind() == ValueKind::mapping ? "map" : "scalar";
  return {{"$reference", {{form, std::move(inside)}}}};
}

// Depth is that of a loaded YAML text, so at most Limits::yaml_depth.
Json encode_in(const Value& value, Keys keys, Place place) {
  switch (value.kind()) {
    case ValueKind::null: return nullptr;
    case ValueKind::boolean: return value.boolean();
    case ValueKind::integer: return value.integer();
    case ValueKind::floating: return encode_float(value.floating());
    case ValueKind::big_integer: return {{"$int", value.text()}};
    case ValueKind::big_decimal: return {{"$bigdecimal", value.text()}};
    case ValueKind::string: return encode_text(value.text());
    case ValueKind::symbol: return {{"$symbol", value.text()}};
    case ValueKind::regexp: return {{"$regexp", value.text()}};
    case ValueKind::sequence: return encode_items(value, keys, place);
    case ValueKind::mapping: return encode_pairs(value, keys, place);
    case ValueKind::reference: return encode_reference(value, keys);
  }
  return nullptr;
}

Value decode_float(const std::string& word) {
  if (word == "NaN") return std::nan("");
  const double infinity = std::numeric_limits<double>::infinity();
  return word == "-Infinity" ? -infinity : infinity;
}

std::optional<Value> decode_marked(const std::string& mark, const Json& body) {
  if (mark == "$map" && body.is_array()) {
    Value::Mapping pairs;
    for (const Json& pair : body) pairs.emplace_back(decode(pair.at(0)), decode(pair.at(1)));
    return pairs;
  }
  if (!body.is_string()) return std::nullopt;
  const auto& text = body.get_ref<const std::string&>();
  if (mark == "$int") return Value::text(ValueKind::big_integer, text);
  if (mark == "$bigdecimal") return Value::text(ValueKind::big_decimal, text);
  if (mark == "$symbol") return Value::text(ValueKind::symbol, text);
  if (mark == "$float") return decode_float(text);
  if (mark == "$binary") return Value(base64_decode(text).value_or(""));
  return std::nullopt;
}

}  // namespace

Json parse_json(std::string_view line) {
  Json root;
  Reader reader(root);
  Json::sax_parse(line.begin(), line.end(), &reader);
  return root;
}

Json encode(const Value& value, Keys keys) { return encode_in(value, keys, Place::value); }

Value decode(const Json& json) {
  switch (json.type()) {
    case Json::value_t::boolean: return json.get<bool>();
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned: return json.get<std::int64_t>();
    case Json::value_t::number_float: return json.get<double>();
    case Json::value_t::string: return json.get<std::string>();
    case Json::value_t::array: {
      Value::Sequence items;
      for (const Json& item : json) items.push_back(decode(item));
      return items;
    }
    case Json::value_t::object: {
      if (json.size() == 1) {
        if (std::optional<Value> marked = decode_marked(json.begin().key(), json.front())) return *std::move(marked);
      }
      Value::Mapping pairs;
      for (const auto& [key, item] : json.items()) pairs.emplace_back(Value(key), decode(item));
      return pairs;
    }
    default: return {};
  }
}

}  // namespace willrun::conformance
