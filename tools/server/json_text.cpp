#include "server/json_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace willrun::server {

namespace {

enum Class : std::uint8_t { kPlain = 0, kQuoted = 1, kOther = 2 };

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t byte = 0; byte < classes.size(); ++byte) {
    if (byte < ' ' || byte >= 0x7F) classes[byte] = kOther;
  }
  classes['"'] = classes['\\'] = kQuoted;
  return classes;
}();

// Eight bytes at a time, since most texts are plain.
bool is_plain(std::string_view text) {
  constexpr auto each = [](unsigned char byte) { return 0x0101'0101'0101'0101U * std::uint64_t{byte}; };
  constexpr auto has_zero = [each](std::uint64_t word) { return (word - each(1)) & ~word; };  // in bits of each(0x80)
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof(word));
    const std::uint64_t controls = (word - each(' ')) & ~word;
    const std::uint64_t others = word | (word + each(1));  // 0x7F and more
    const std::uint64_t quoted = has_zero(word ^ each('"')) | has_zero(word ^ each('\\'));
    if (((controls | others | quoted) & each(0x80)) != 0) return false;
  }
  return std::ranges::all_of(text.substr(at), [](char c) { return kClasses[static_cast<unsigned char>(c)] == kPlain; });
}

// A number with a fraction, or a text of which some bytes may be no UTF-8.
std::string by_library(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string to_text(const Json& json) {
  JsonText out;
  out.value(json);
  return out.text();
}

void JsonText::quote(std::string_view text) {
  if (is_plain(text)) {
    out_.push_back('"');
    append(text);
    out_.push_back('"');
    return;
  }
  const auto is_other = [](char c) { return kClasses[static_cast<unsigned char>(c)] == kOther; };
  if (std::ranges::any_of(text, is_other)) {
    append(by_library(Json(text)));
    return;
  }
  out_.push_back('"');
  for (const char c : text) {
    if (kClasses[static_cast<unsigned char>(c)] == kQuoted) out_.push_back('\\');
    out_.push_back(c);
  }
  out_.push_back('"');
}

void JsonText::value(const Json& tree) {
  switch (tree.type()) {
    case Json::value_t::object:
      open_object();
      for (const auto& [name, member] : tree.items()) {
        given_key(name);
        value(member);
      }
      close_object();
      break;
    case Json::value_t::array:
      open_array();
      for (const Json& item : tree) value(item);
      close_array();
      break;
    case Json::value_t::string: value(tree.get_ref<const std::string&>()); break;
    case Json::value_t::boolean: value(tree.get<bool>()); break;
    case Json::value_t::number_integer: value(tree.get<std::int64_t>()); break;
    case Json::value_t::number_unsigned: value(tree.get<std::uint64_t>()); break;
    case Json::value_t::null: value(nullptr); break;
    default: raw(by_library(tree));
  }
}

}  // namespace willrun::server
