#include "model/duration.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace willrun::model {

namespace {

struct Unit {
  std::string_view word;
  double seconds;
};

constexpr double kMinute = 60, kHour = 3600, kDay = 24 * kHour, kWeek = 7 * kDay, kMonth = 30 * kDay, kYear = 31557600;

constexpr std::array kUnits = {
    Unit{"seconds", 1},     Unit{"second", 1},        Unit{"secs", 1},         Unit{"sec", 1},
    Unit{"s", 1},           Unit{"minutes", kMinute}, Unit{"minute", kMinute}, Unit{"mins", kMinute},
    Unit{"min", kMinute},   Unit{"m", kMinute},       Unit{"hours", kHour},    Unit{"hour", kHour},
    Unit{"hrs", kHour},     Unit{"hr", kHour},        Unit{"h", kHour},        Unit{"days", kDay},
    Unit{"day", kDay},      Unit{"dy", kDay},         Unit{"d", kDay},         Unit{"weeks", kWeek},
    Unit{"week", kWeek},    Unit{"wks", kWeek},       Unit{"wk", kWeek},       Unit{"w", kWeek},
    Unit{"months", kMonth}, Unit{"month", kMonth},    Unit{"mos", kMonth},     Unit{"mo", kMonth},
    Unit{"years", kYear},   Unit{"year", kYear},      Unit{"yrs", kYear},      Unit{"yr", kYear},
    Unit{"y", kYear},
};

constexpr std::array<std::string_view, 4> kFillers = {"and", "with", "plus", "sum"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::optional<double> unit_seconds(std::string_view word) {
  for (const Unit& unit : kUnits) {
    if (unit.word == word) return unit.seconds;
  }
  return std::nullopt;
}

bool is_filler(std::string_view word) {
  for (const std::string_view filler : kFillers) {
    if (filler == word) return true;
  }
  return false;
}

double number(std::string_view digits) {
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// "1:30:00": groups of digits between colons, counted from the seconds at the right.
std::optional<double> clock_seconds(std::string_view text) {
  constexpr std::array kWeights = {1.0, kMinute, kHour, kDay, kMonth, kYear};
  double total = 0;
  std::size_t group = 0;
  while (true) {
    const std::size_t colon = text.rfind(':');
    const std::string_view digits = colon == std::string_view::npos ? text : text.substr(colon + 1);
    if (digits.empty() || group == kWeights.size()) return std::nullopt;
    for (const char c : digits) {
      if (!is_digit(c) && c != '.') return std::nullopt;
    }
    total += number(digits) * kWeights[group++];
    if (colon == std::string_view::npos) return total;
    text = text.substr(0, colon);
  }
}

// Splits into runs of letters and runs of digits; anything but blanks and commas between them is refused.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  bool next(std::string& word) {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == ',' || text_[at_] == '\t')) ++at_;
    if (at_ == text_.size()) return false;
    word.clear();
    const bool letters = is_letter(text_[at_]);
    while (at_ < text_.size() && (letters ? is_letter(text_[at_]) : is_digit(text_[at_]) || text_[at_] == '.')) {
      word.push_back(lower(text_[at_++]));
    }
    if (word.empty()) ++at_, refused_ = true;
    return !refused_;
  }
  bool refused() const { return refused_; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  bool refused_ = false;
};

}  // namespace

std::optional<double> parse_duration(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return clock_seconds(text);
  Words words(text);
  std::string word;
  double total = 0;
  double amount = 0;  // a number that waits for its unit, if `has_amount`
  bool has_amount = false;
  while (words.next(word)) {
    if (is_digit(word.front()) || word.front() == '.') {
      total += amount;
      amount = number(word);
      has_amount = true;
    } else if (const auto seconds = unit_seconds(word)) {
      total += (has_amount ? amount : 1) * *seconds;
      amount = 0;
      has_amount = false;
    } else if (!is_filler(word)) {
      return std::nullopt;
    }
  }
  total += amount;
  if (words.refused() || total == 0) return std::nullopt;
  return total;
}

}  // namespace willrun::model
