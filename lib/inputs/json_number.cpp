#include "inputs/json_number.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace willrun::inputs {

namespace {

// Oj's two borders between Float and BigDecimal (number_precision): digits from the first one that is not zero,
// trailing zeros included, and the exponent as written.
constexpr std::size_t kFloatDigits = 16;
constexpr std::int64_t kFloatExponent = 100'000;
constexpr std::int64_t kExponentCap = 1'000'000'000;  // larger ones are over every limit anyway

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The parts of a number as written: `[sign] whole [. fraction] [e exponent]`.
struct Parts {
  bool negative = false;
  std::string_view whole;  // without leading zeros
  std::string_view fraction;
  bool has_exponent = false;
  std::int64_t exponent = 0;

  bool is_integer() const { return fraction.empty() && !has_exponent; }
  std::size_t leading_zeros() const {
    if (!whole.empty()) return 0;
    const std::size_t zeros = fraction.find_first_not_of('0');
    return zeros == std::string_view::npos ? fraction.size() : zeros;
  }
  std::size_t significant_digits() const { return whole.size() + fraction.size() - leading_zeros(); }
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::optional<Parts> parts() {
    Parts parts;
    parts.negative = sign();
    while (peek() == '0') ++offset_;
    parts.whole = digits();
    if (peek() == '.') {
      ++offset_;
      parts.fraction = digits();
      // `1.` is 1, but `1.e5` is nothing.
      if (parts.fraction.empty() && (peek() == 'e' || peek() == 'E')) return std::nullopt;
    }
    const bool has_digits = offset_ > 0 && is_digit(text_[offset_ - 1]);
    if (peek() != 'e' && peek() != 'E') return parts;
    if (!has_digits || !exponent(parts)) return std::nullopt;
    return parts;
  }

  // The word that follows an optional sign, if it is one of Oj's.
  std::optional<JsonNumber> word() {
    const bool negative = sign();
    const std::string_view rest = text_.substr(offset_);
    JsonNumber number{.kind = ValueKind::floating};
    if (rest.starts_with("Infinity")) {
      number.floating = negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
      number.size = offset_ + 8;
      return number;
    }
    const bool is_nan =
        rest.size() >= 3 && (rest[0] == 'N' || rest[0] == 'n') && rest[1] == 'a' && (rest[2] == 'N' || rest[2] == 'n');
    if (!is_nan) return std::nullopt;
    number.floating = std::numeric_limits<double>::quiet_NaN();
    number.size = offset_ + 3;
    return number;
  }

  std::size_t offset() const { return offset_; }
  bool at_word() const {
    const std::size_t at = peek() == '-' || peek() == '+' ? offset_ + 1 : offset_;
    const char c = at < text_.size() ? text_[at] : '\0';
    return c == 'I' || c == 'N' || c == 'n';
  }

 private:
  char peek() const { return offset_ < text_.size() ? text_[offset_] : '\0'; }

  bool sign() {
    const bool negative = peek() == '-';
    if (negative || peek() == '+') ++offset_;
    return negative;
  }

  std::string_view digits() {
    const std::size_t begin = offset_;
    while (is_digit(peek())) ++offset_;
    return text_.substr(begin, offset_ - begin);
  }

  bool exponent(Parts& parts) {
    ++offset_;
    const bool negative = sign();
    const std::string_view written = digits();
    if (written.empty()) return false;
    parts.has_exponent = true;
    for (const char c : written) parts.exponent = std::min(parts.exponent * 10 + (c - '0'), kExponentCap);
    if (negative) parts.exponent = -parts.exponent;
    return true;
  }

  std::string_view text_;
  std::size_t offset_ = 0;
};

std::string signed_text(bool negative, std::string_view digits) {
  std::string text = negative ? "-" : "";
  return text += digits;
}

void make_integer(JsonNumber& number, const Parts& parts) {
  if (parts.whole.empty()) return;  // zero, and a lone sign
  const std::string text = signed_text(parts.negative, parts.whole);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.integer);
  if (error == std::errc{}) return;
  number.kind = ValueKind::big_integer;
  number.text = text;
}

void make_float(JsonNumber& number, const Parts& parts) {
  number.kind = ValueKind::floating;
  std::string text = signed_text(parts.negative, parts.whole.empty() ? "0" : parts.whole);
  (text += '.') += parts.fraction.empty() ? "0" : parts.fraction;
  (text += 'e') += std::to_string(parts.exponent);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.floating);
  if (error != std::errc::result_out_of_range) return;
  // from_chars leaves the value alone then: too large, or too small, which has a negative decimal order.
  const auto order =
      static_cast<std::int64_t>(parts.whole.size()) - static_cast<std::int64_t>(parts.leading_zeros()) + parts.exponent;
  number.floating =
      std::copysign(order > 0 ? std::numeric_limits<double>::infinity() : 0.0, parts.negative ? -1.0 : 1.0);
}

// Ruby's BigDecimal#to_s("F"): all digits, at least one on each side of the dot, and no needless zeros.
bool make_decimal(JsonNumber& number, const Parts& parts, const Limits& limits) {
  number.kind = ValueKind::big_decimal;
  std::string digits = std::string(parts.whole) += parts.fraction;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  std::int64_t point = static_cast<std::int64_t>(parts.whole.size()) -
                       static_cast<std::int64_t>(parts.leading_zeros()) + parts.exponent;  // digits before the dot
  while (!digits.empty() && digits.back() == '0') digits.pop_back();
  if (digits.empty()) point = 0;
  const auto size = static_cast<std::int64_t>(digits.size());
  if (std::max(size, std::abs(point)) > static_cast<std::int64_t>(limits.json_number_digits)) return false;
  if (point > size) digits.append(static_cast<std::size_t>(point - size), '0');
  if (point < 0) digits.insert(0, static_cast<std::size_t>(-point), '0');
  const auto whole = static_cast<std::size_t>(std::max<std::int64_t>(point, 0));
  std::string fraction = digits.substr(whole);
  digits.resize(whole);
  number.text = signed_text(parts.negative, digits.empty() ? "0" : digits) + '.' + (fraction.empty() ? "0" : fraction);
  return true;
}

}  // namespace

std::optional<JsonNumber> scan_json_number(std::string_view text, const Limits& limits) {
  Scanner scanner(text);
  if (scanner.at_word()) return scanner.word();
  const std::optional<Parts> parts = scanner.parts();
  if (!parts) return std::nullopt;
  JsonNumber number;
  number.size = scanner.offset();
  if (parts->is_integer()) {
    make_integer(number, *parts);
  } else if (parts->significant_digits() > kFloatDigits || std::abs(parts->exponent) >= kFloatExponent) {
    if (!make_decimal(number, *parts, limits)) return std::nullopt;
  } else {
    make_float(number, *parts);
  }
  return number;
}

}  // namespace willrun::inputs
