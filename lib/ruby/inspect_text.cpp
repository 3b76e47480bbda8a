// Strings, symbols and floats as Ruby prints them.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/utf8.hpp"
#include "ruby/print.hpp"

namespace willrun::ruby {

namespace {

std::string_view short_escape(char32_t c) {
  switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case '\f': return "\\f";
    case '\v': return "\\v";
    case '\b': return "\\b";
    case '\a': return "\\a";
    case 0x1B: return "\\e";
    default: return {};
  }
}

bool is_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

bool is_identifier(std::string_view name) {
  if (name.empty() || is_digit(static_cast<unsigned char>(name.front()))) return false;
  for (const char c : name) {
    if (!is_letter(static_cast<unsigned char>(c)) && !is_digit(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

bool is_operator(std::string_view name) {
  for (const std::string_view known :
       {"[]", "[]=", "!", "!=", "!~", "==", "===", "=~", "<", "<=", "<=>", ">",  ">=", "<<",
        ">>", "+",   "-", "*",  "**", "/",  "%",   "&",  "|", "^",  "~",   "+@", "-@", "`"}) {
    if (name == known) return true;
  }
  return false;
}

// `$1`, `$name`, `$-w` and the special variables.
bool is_global(std::string_view name) {
  if (name.size() < 2 || name.front() != '$') return false;
  name.remove_prefix(1);
  if (is_identifier(name)) return true;
  if (name.size() == 1 && std::string_view("~*$?!@/\\;,.=:<>\"&`'+").find(name.front()) != std::string_view::npos) {
    return true;
  }
  if (name.front() == '-') return utf8::length(name) == 2 && is_letter(static_cast<unsigned char>(name[1]));
  return name.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_plain_symbol(std::string_view name) {
  if (is_operator(name) || is_global(name)) return true;
  if (name.starts_with("@@")) return is_identifier(name.substr(2));
  if (name.starts_with('@')) return is_identifier(name.substr(1));
  if (is_identifier(name)) return true;
  if (name.empty()) return false;
  const char last = name.back();
  return (last == '?' || last == '!' || last == '=') && is_identifier(name.substr(0, name.size() - 1));
}

bool is_printable_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded character = utf8::decode(text, i);
    if (!character.valid || !utf8::is_printable(character.code_point)) return false;
    i += character.size;
  }
  return true;
}

}  // namespace

std::string inspect_string(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded character = utf8::decode(text, i);
    const char32_t c = character.code_point;
    const std::string_view escape = short_escape(c);
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (!character.valid) {
      out += fmt::format("\\x{:02X}", static_cast<std::uint32_t>(c));
    } else if (!escape.empty()) {
      out += escape;
    } else if (c == '#' && (next == '{' || next == '$' || next == '@')) {
      out += "\\#";
    } else if (utf8::is_printable(c)) {
      out += text.substr(i, character.size);
    } else {
      out += c > 0xFFFF ? fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(c))
                        : fmt::format("\\u{:04X}", static_cast<std::uint32_t>(c));
    }
    i += character.size;
  }
  out += '"';
  return out;
}

std::string inspect_symbol(std::string_view name) {
  if (is_plain_symbol(name) && is_printable_text(name)) return fmt::format(":{}", name);
  return fmt::format(":{}", inspect_string(name));
}

// Ruby writes an exponent from 1e16 up and below 1e-4, with a sign and at least two digits.
std::string float_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  const double size = std::abs(value);
  const bool has_exponent = size != 0 && (size >= 1e15 || size < 1e-4);
  char digits[400];
  const auto format = has_exponent ? std::chars_format::scientific : std::chars_format::fixed;
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), value, format);
  std::string text(std::begin(digits), end);
  if (text.find('.') != std::string::npos) return text;
  text.insert(std::min(text.find('e'), text.size()), ".0");
  return text;
}

std::string inspect_decimal(std::string_view text) {
  const std::string_view sign = text.starts_with('-') ? "-" : "";
  text.remove_prefix(sign.size());
  const std::size_t dot = std::min(text.find('.'), text.size());
  std::string digits(text.substr(0, dot));
  if (dot < text.size()) digits += text.substr(dot + 1);
  auto exponent = static_cast<std::ptrdiff_t>(dot);
  const std::size_t zeros = digits.find_first_not_of('0');
  if (zeros == std::string::npos) return std::string(sign) + "0.0";
  digits.erase(0, zeros);
  exponent -= static_cast<std::ptrdiff_t>(zeros);
  digits.erase(digits.find_last_not_of('0') + 1);
  return std::string(sign).append("0.").append(digits).append("e").append(std::to_string(exponent));
}

}  // namespace willrun::ruby
