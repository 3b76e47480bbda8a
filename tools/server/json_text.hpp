// JSON written from front to back, for what is answered often: no tree is made of it before.
#pragma once

#include <concepts>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace willrun::server {

// Objects keep the order in which keys came.
using Json = nlohmann::ordered_json;

// JSON in one line; bytes that are no UTF-8 become U+FFFD.
std::string to_text(const Json& json);

// Puts commas where they belong; whoever writes closes what was opened.
class JsonText {
 public:
  explicit JsonText(std::size_t expected_size = 0) { out_.reserve(expected_size); }

  void open_object() { open('{'); }
  void close_object() { close('}'); }
  void open_array() { open('['); }
  void close_array() { close(']'); }

  // Of the member whose value is written next. Needs no escapes.
  void key(std::string_view name) {
    separate();
    out_.push_back('"');
    append(name);
    append("\":");
    first_ = true;
  }
  // The same for any name.
  void given_key(std::string_view name) {
    value(name);
    append(":");
    first_ = true;
  }
  // Bytes that are no UTF-8 become U+FFFD.
  void value(std::string_view text) {
    separate();
    quote(text);
  }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(const char* text) { value(std::string_view(text)); }
  void value(const Json& tree);
  void value(std::nullptr_t) { raw("null"); }
  void value(std::same_as<bool> auto flag) { raw(flag ? "true" : "false"); }
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) void value(Number number) {
    separate();
    const fmt::format_int digits(number);
    append({digits.data(), digits.size()});
  }
  // What is JSON already.
  void raw(std::string_view json) {
    separate();
    append(json);
  }
  template <class Value>
  void member(std::string_view name, const Value& written) {
    key(name);
    value(written);
  }
  // null for an empty text.
  void member_or_null(std::string_view name, std::string_view text) {
    key(name);
    text.empty() ? value(nullptr) : value(text);
  }

  std::string text() const { return {out_.data(), out_.size()}; }

 private:
  void append(std::string_view bytes) { out_.append(bytes.data(), bytes.data() + bytes.size()); }
  void quote(std::string_view text);
  void separate() {
    if (!first_) out_.push_back(',');
    first_ = false;
  }
  void open(char bracket) {
    separate();
    out_.push_back(bracket);
    first_ = true;
  }
  void close(char bracket) {
    out_.push_back(bracket);
    first_ = false;
  }

  fmt::memory_buffer out_;
  bool first_ = true;  // nothing stands before what is written next
};

}  // namespace willrun::server
