#include "scenario/yaml_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <willrun/yaml.hpp>

namespace willrun::scenario {

namespace {

constexpr std::size_t kMostColumns = 100;

bool is_plain_character(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view(" _./$-").find(c) != std::string_view::npos;
}

bool reads_as(const std::string& written, const std::string& text) {
  const auto read = read_yaml(written).value;
  return read && *read == Value(text);
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

// Safe wherever it stands; whether it reads as a text (`true`, `12` do not) is asked of the reader.
bool is_plain(const std::string& text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.front() == '-') return false;
  return std::ranges::all_of(text, is_plain_character) && reads_as(text, text);
}

// JSON's texts are YAML's in double quotes.
std::string double_quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string scalar_text(const std::string& text) {
  if (is_plain(text)) return text;
  if (text.find('\'') != std::string::npos) return double_quoted(text);
  const std::string quoted = "'" + text + "'";
  return std::ranges::none_of(text, is_control) && reads_as(quoted, text) ? quoted : double_quoted(text);
}

std::string indented(std::size_t indent) { return fmt::format("\n{:{}}", "", indent); }

}  // namespace

std::string flow_text(const Value& value) {
  std::string out;
  switch (value.kind()) {
    case ValueKind::null: return "null";
    case ValueKind::boolean: return value.boolean() ? "true" : "false";
    case ValueKind::integer: return std::to_string(value.integer());
    case ValueKind::sequence:
      for (const Value& item : value.items()) out += fmt::format("{}{}", out.empty() ? "" : ", ", flow_text(item));
      return fmt::format("[{}]", out);
    case ValueKind::mapping:
      for (const auto& [key, one] : value.pairs())
        out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", flow_text(key), flow_text(one));
      return fmt::format("{{{}}}", out);
    default: return scalar_text(value.text());
  }
}

std::string block_text(const Value& value, std::size_t indent) {
  const std::string flat = flow_text(value);
  if (flat.size() + indent <= kMostColumns) return fmt::format(" {}", flat);
  std::string out;
  if (value.kind() == ValueKind::sequence) {
    for (const Value& item : value.items()) out += indented(indent + 2) + "- " + flow_text(item);
  } else if (value.kind() == ValueKind::mapping) {
    for (const auto& [key, one] : value.pairs())
      out += indented(indent + 2) + flow_text(key) + ":" + block_text(one, indent + 2);
  }
  return out.empty() ? fmt::format(" {}", flat) : out;
}

}  // namespace willrun::scenario
