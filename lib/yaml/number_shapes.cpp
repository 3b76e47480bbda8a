#include "yaml/number_shapes.hpp"

#include <algorithm>
#include <limits>

#include "yaml/ascii.hpp"

namespace willrun::yaml {

namespace {

bool is_octal(char c) { return c >= '0' && c <= '7'; }
bool is_binary(char c) { return c == '0' || c == '1'; }
bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();

// Eats a text from the left. Every step says whether what it stands for was there.
class Matcher {
 public:
  explicit Matcher(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool eat(std::string_view accepted) {
    if (rest_.empty() || accepted.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::size_t eat_while(bool (*accepts)(char), std::size_t most = kAny) {
    std::size_t count = 0;
    while (count < most && count < rest_.size() && accepts(rest_[count])) ++count;
    rest_.remove_prefix(count);
    return count;
  }

  bool digits(std::size_t least, std::size_t most) { return eat_while(is_digit, most) >= least; }
  void sign() { eat("+-"); }

 private:
  std::string_view rest_;
};

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return a == b || (b != '.' && (a | 0x20) == b); });
}

// -?yyyy-m-d (T or spaces) h:mm:ss .f? zone?
bool is_time(std::string_view text) {
  Matcher at(text);
  at.eat("-");
  if (!at.digits(4, 4) || !at.eat("-") || !at.digits(1, 2) || !at.eat("-") || !at.digits(1, 2)) return false;
  if (!at.eat("Tt") && at.eat_while(is_space) == 0) return false;
  if (!at.digits(1, 2) || !at.eat(":") || !at.digits(2, 2) || !at.eat(":") || !at.digits(2, 2)) return false;
  if (at.eat(".")) at.eat_while(is_digit);
  if (at.at_end()) return true;
  at.eat_while(is_space);
  if (at.eat("Z")) return at.at_end();
  if (!at.eat("+-")) return false;
  const std::size_t hours = at.eat_while(is_digit, 4);  // hours alone, or with the minutes behind them
  if (hours == 0) return false;
  if (hours <= 2 && at.eat(":")) return at.eat_while(is_digit, 2) != 1 && at.at_end();
  return at.at_end();
}

// yyyy-m-d with months to 12 and days to 31, zeros included; whether the day exists is not asked.
bool is_date(std::string_view text) {
  const auto number = [](std::string_view digits) {
    return digits.size() == 1 ? digits[0] - '0' : (digits[0] - '0') * 10 + (digits[1] - '0');
  };
  Matcher at(text);
  if (!at.digits(4, 4) || !at.eat("-")) return false;
  const std::size_t second = text.find('-', 5);
  if (second == std::string_view::npos) return false;
  const std::string_view month = text.substr(5, second - 5);
  const std::string_view day = text.substr(second + 1);
  const auto is_number = [](std::string_view digits) {
    return !digits.empty() && digits.size() <= 2 && std::all_of(digits.begin(), digits.end(), is_digit);
  };
  return is_number(month) && is_number(day) && number(month) <= 12 && number(day) <= 31;
}

NumberShape base60_shape(std::string_view text) {
  const auto is_digit_or_underscore = [](char c) { return is_digit(c) || c == '_'; };
  Matcher at(text);
  at.sign();
  if (!is_digit(at.peek())) return NumberShape::none;
  at.eat_while(is_digit_or_underscore);
  int groups = 0;
  for (; groups < 2 && at.eat(":"); ++groups) {
    const char first = at.peek();
    const std::size_t digits = at.eat_while(is_digit, 2);
    if (digits == 0 || (digits == 2 && first > '5')) return NumberShape::none;
  }
  if (groups == 0) return NumberShape::none;
  if (at.at_end()) return NumberShape::base60;
  if (!at.eat(".")) return NumberShape::none;
  at.eat_while(is_digit_or_underscore);
  return at.at_end() ? NumberShape::base60_float : NumberShape::none;
}

bool is_float(std::string_view text) {
  Matcher at(text);
  at.sign();
  if (is_digit(at.peek())) at.eat_while([](char c) { return is_digit(c) || c == '_' || c == ','; });
  if (!at.eat(".")) return false;
  at.eat_while(is_digit);
  if (at.eat("eE") && (!at.eat("+-") || at.eat_while(is_digit) == 0)) return false;
  return at.at_end();
}

// Digits of a base with underscores and commas anywhere, as long as there is a digit.
bool is_based(Matcher at, bool (*is_base_digit)(char)) {
  std::size_t digits = 0;
  while (!at.at_end()) {
    const std::size_t found = at.eat_while(is_base_digit);
    digits += found;
    if (found == 0 && !at.eat("_,")) return false;
  }
  return digits > 0;
}

bool is_integer(std::string_view text) {
  Matcher at(text);
  at.sign();
  if (at.eat("0")) {
    if (at.at_end()) return true;
    if (at.eat("b")) return is_based(at, is_binary);
    if (at.eat("x")) return is_based(at, is_hexadecimal);
    return is_based(at, is_octal);
  }
  while (at.eat_while(is_digit) > 0) {
    if (at.at_end()) return true;
    if (!at.eat("_,")) return false;
  }
  return false;
}

}  // namespace

NumberShape number_shape(std::string_view text) {
  if (is_time(text)) return NumberShape::time;
  if (is_date(text)) return NumberShape::date;
  const std::string_view unsigned_text = text.front() == '+' || text.front() == '-' ? text.substr(1) : text;
  if (equals_ignoring_case(unsigned_text, ".inf")) return NumberShape::infinity;
  if (equals_ignoring_case(text, ".nan")) return NumberShape::not_a_number;
  const NumberShape base60 = base60_shape(text);
  if (base60 != NumberShape::none) return base60;
  if (is_float(text)) return NumberShape::floating;
  return is_integer(text) ? NumberShape::integer : NumberShape::none;
}

}  // namespace willrun::yaml
