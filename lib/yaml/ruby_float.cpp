#include <charconv>
#include <limits>

#include "yaml/ascii.hpp"
#include "yaml/psych_scalar.hpp"

namespace willrun::yaml {

namespace {

bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view strip(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Without its underscores; nothing when one of them does not stand between two digits.
std::optional<std::string> without_underscores(std::string_view text, bool hexadecimal) {
  const auto joins = [&](char c) { return hexadecimal ? is_word(c) : is_digit(c); };
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      kept += text[i];
    } else if (i == 0 || i + 1 == text.size() || !joins(text[i - 1]) || !joins(text[i + 1])) {
      return std::nullopt;
    }
  }
  return kept;
}

// Out of range is zero or infinity, by where the first digit that counts stands against the point.
double out_of_range(std::string_view number) {
  const std::size_t exponent_at = std::min(number.find_first_of("eE"), number.size());
  const bool is_shrunk = exponent_at + 1 < number.size() && number[exponent_at + 1] == '-';
  const bool is_grown = exponent_at < number.size() && !is_shrunk;
  const bool is_whole = number.front() != '0' && number.front() != '.';
  return is_grown || (!is_shrunk && is_whole) ? std::numeric_limits<double>::infinity() : 0;
}

// A dot needs a digit behind it, and so does an exponent; from_chars sees to the latter.
bool has_bare_dot(std::string_view number) {
  const std::size_t dot = number.find('.');
  return dot != std::string_view::npos &&
         (dot + 1 == number.size() || !is_word(number[dot + 1]) || number[dot + 1] == 'e' || number[dot + 1] == 'E');
}

}  // namespace

std::optional<double> ruby_float(std::string_view text) {
  text = strip(text);
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  if (hexadecimal) text.remove_prefix(2);
  const std::optional<std::string> number = without_underscores(text, hexadecimal);
  if (!number || number->empty() || has_bare_dot(*number)) return std::nullopt;
  if (!hexadecimal && !is_digit(number->front()) && number->front() != '.') return std::nullopt;  // `inf`, `nan`
  if (hexadecimal && !is_word(number->front())) return std::nullopt;
  double value = 0;
  const char* last = number->data() + number->size();
  const auto format = hexadecimal ? std::chars_format::hex : std::chars_format::general;
  const auto [end, error] = std::from_chars(number->data(), last, value, format);
  if (end != last || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) value = out_of_range(*number);
  return is_negative ? -value : value;
}

}  // namespace willrun::yaml
