#include "server/json_text.hpp"

namespace willrun::server {

namespace {

enum class Kind { plain, with_quotes, other };

Kind kind_of(std::string_view text) {
  // Without a way out of the loop compilers take many bytes at once.
  unsigned quotes = 0;
  unsigned others = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    quotes |= static_cast<unsigned>(byte == '"') | static_cast<unsigned>(byte == '\\');
    others |= static_cast<unsigned>(byte < ' ') | static_cast<unsigned>(byte >= 0x7F);
  }
  if (others != 0) return Kind::other;
  return quotes == 0 ? Kind::plain : Kind::with_quotes;
}

// A number with a fraction, or a text of which some bytes may be no UTF-8.
std::string by_library(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string to_text(const Json& json) {
  JsonText out;
  out.value(json);
  return out.take();
}

void JsonText::quote(std::string_view text) {
  const Kind kind = kind_of(text);
  if (kind == Kind::other) {
    out_ += by_library(Json(text));
    return;
  }
  out_ += '"';
  if (kind == Kind::plain) {
    out_ += text;
  } else {
    for (const char c : text) {
      if (c == '"' || c == '\\') out_ += '\\';
      out_ += c;
    }
  }
  out_ += '"';
}

void JsonText::value(const Json& tree) {
  switch (tree.type()) {
    case Json::value_t::object:
      open_object();
      for (const auto& [name, member] : tree.items()) {
        key(name);
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
