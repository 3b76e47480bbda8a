#include "yaml/psych_number.hpp"

#include <charconv>
#include <limits>

#include "yaml/big_integer.hpp"
#include "yaml/number_shapes.hpp"

namespace willrun::yaml {

namespace {

// Our own limit: longer numbers that are not decimal stay strings, since turning them into decimals is quadratic.
constexpr std::size_t kMostConvertedDigits = 20'000;

Resolved floating(double value) {
  Resolved found;
  found.kind = ValueKind::floating;
  found.floating = value;
  return found;
}

Resolved integer(std::int64_t value) {
  Resolved found;
  found.kind = ValueKind::integer;
  found.integer = value;
  return found;
}

// `digits` is decimal without a sign.
Resolved decimal(bool negative, std::string_view digits) {
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  std::string text = negative ? "-" : "";
  text.append(digits);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc()) return integer(value);
  Resolved found;
  found.kind = ValueKind::big_integer;
  found.digits = std::move(text);
  return found;
}

std::string without(std::string_view text, std::string_view dropped) {
  std::string kept;
  for (const char c : text) {
    if (dropped.find(c) == std::string_view::npos) kept += c;
  }
  return kept;
}

std::uint32_t digit_value(char c) {
  if (c <= '9') return static_cast<std::uint32_t>(c - '0');
  return static_cast<std::uint32_t>((c | 0x20) - 'a') + 10;
}

Resolved based(bool negative, std::string_view digits, std::uint32_t base) {
  BigInteger number;
  for (const char c : digits) number.multiply_add(base, digit_value(c));
  return decimal(negative, number.decimal());
}

Resolved resolve_integer(std::string_view text) {
  const bool is_negative = text.front() == '-';
  if (is_negative || text.front() == '+') text.remove_prefix(1);
  const std::string digits = without(text, "_,");
  const std::string_view rest(digits);
  if (rest.size() < 2 || rest.front() != '0') return decimal(is_negative, rest);
  if (rest.size() > kMostConvertedDigits) return {};
  if (rest[1] == 'b') return based(is_negative, rest.substr(2), 2);
  if (rest[1] == 'x') return based(is_negative, rest.substr(2), 16);
  return based(is_negative, rest.substr(1), 8);
}

// Ruby's String#to_i: digits up to the first that is none, single underscores between them allowed.
std::string leading_digits(std::string_view text) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_' && i > 0 && text[i - 1] != '_') continue;
    if (text[i] < '0' || text[i] > '9') break;
    digits += text[i];
  }
  return digits;
}

constexpr std::uint32_t kGroupWeights[] = {3'600, 60, 1};

// Base 60: the sign belongs to the first group only, so `-1:30` is -3600 + 1800 (conformance category
// plain_sexagesimal).
Resolved resolve_base60(std::string_view text) {
  const bool is_negative = text.front() == '-';
  if (is_negative || text.front() == '+') text.remove_prefix(1);
  std::size_t colon = text.find(':');
  const std::string first = leading_digits(text.substr(0, colon));
  if (first.size() > kMostConvertedDigits) return {};
  BigInteger number;
  for (const char c : first) number.multiply_add(10, digit_value(c));
  const bool is_zero = number.decimal() == "0";
  number.multiply_add(kGroupWeights[0], 0);
  std::uint32_t later = 0;
  for (std::size_t group = 1; colon != std::string_view::npos; ++group) {
    text.remove_prefix(colon + 1);
    colon = text.find(':');
    later += kGroupWeights[group] * static_cast<std::uint32_t>(std::stoul(std::string(text.substr(0, colon))));
  }
  if (!is_negative || is_zero) {
    number.multiply_add(1, later);
    return decimal(false, number.decimal());
  }
  number.subtract(later);
  return decimal(true, number.decimal());
}

// Ruby's String#to_f on digits and a fraction.
double leading_float(std::string_view text) {
  const std::size_t dot = std::min(text.find('.'), text.size());
  std::string number = leading_digits(text.substr(0, dot));
  const bool is_whole = without(text.substr(0, dot), "_").size() == number.size();
  if (is_whole && dot + 1 < text.size()) number.append(".").append(leading_digits(text.substr(dot + 1)));
  if (number.ends_with('.')) number.push_back('0');
  return ruby_float(number).value_or(0);
}

Resolved resolve_base60_float(std::string_view text) {
  const bool is_negative = text.front() == '-';
  if (is_negative || text.front() == '+') text.remove_prefix(1);
  double sum = 0;
  for (const std::uint32_t weight : kGroupWeights) {
    const std::size_t colon = text.find(':');
    const double group = leading_float(text.substr(0, colon));
    sum += (weight == kGroupWeights[0] && is_negative ? -group : group) * weight;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
  }
  return floating(sum);
}

// Psych drops a dot that has no digit behind it, then asks Ruby's Float().
Resolved resolve_float(std::string_view text) {
  if (text == "." || text == "-." || text == "+.") return {};
  std::string number = without(text, "_,");
  const std::size_t dot = number.find('.');
  const bool has_fraction = dot + 1 < number.size() && number[dot + 1] >= '0' && number[dot + 1] <= '9';
  if (!has_fraction) number.erase(dot, 1);
  const std::optional<double> value = ruby_float(number);
  if (value) return floating(*value);
  Resolved found;
  found.invalid_number = true;
  return found;
}

Resolved refused(std::string_view class_name) {
  Resolved found;
  found.refused_class = class_name;
  return found;
}

}  // namespace

Resolved resolve_number(std::string_view text) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  switch (number_shape(text)) {
    case NumberShape::time: return refused("Time");
    case NumberShape::date: return refused("Date");
    case NumberShape::infinity: return floating(text.front() == '-' ? -kInfinity : kInfinity);
    case NumberShape::not_a_number: return floating(std::numeric_limits<double>::quiet_NaN());
    case NumberShape::base60: return resolve_base60(text);
    case NumberShape::base60_float: return resolve_base60_float(text);
    case NumberShape::floating: return resolve_float(text);
    case NumberShape::integer: return resolve_integer(text);
    case NumberShape::none: break;
  }
  return {};
}

}  // namespace willrun::yaml
