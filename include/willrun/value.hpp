// A value as GitLab's loader sees it: YAML scalars resolved as Ruby's Psych does, lists, maps with keys of any kind,
// and unresolved `!reference` nodes. Used for input values, expression results and printed stages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace willrun {

enum class ValueKind : std::uint8_t {
  null,
  boolean,
  integer,      // fits 64 bits, signed
  big_integer,  // decimal digits with an optional '-', outside 64 bits
  floating,     // IEEE double, infinities and NaN included
  big_decimal,  // a decimal number with more than 16 significant digits, as JSON input gives it; canonical text
  string,       // bytes; UTF-8 unless it came from `!!binary`
  symbol,       // Ruby symbol (`:name`), text without the colon
  regexp,       // a compiled pattern: RE2 source with its flags in front, `(?i)src` (expressions only)
  sequence,
  mapping,    // pairs in document order; keys may be of any kind
  reference,  // a `!reference` node that was not resolved; one item, what the tag stands on
};

// Owns everything below it. Copying is deep. Threads: a plain value.
class Value {
 public:
  using Sequence = std::vector<Value>;
  using Mapping = std::vector<std::pair<Value, Value>>;

  Value() = default;
  Value(bool boolean) : kind_(ValueKind::boolean), data_(boolean) {}              // NOLINT: a literal
  Value(std::int64_t integer) : kind_(ValueKind::integer), data_(integer) {}      // NOLINT
  Value(int integer) : Value(std::int64_t{integer}) {}                            // NOLINT
  Value(double floating) : kind_(ValueKind::floating), data_(floating) {}         // NOLINT
  Value(std::string text) : kind_(ValueKind::string), data_(std::move(text)) {}   // NOLINT
  Value(const char* text) : Value(std::string(text)) {}                           // NOLINT
  Value(Sequence items) : kind_(ValueKind::sequence), data_(std::move(items)) {}  // NOLINT
  Value(Mapping pairs) : kind_(ValueKind::mapping), data_(std::move(pairs)) {}    // NOLINT

  // `kind` is one of those that hold text: string, symbol, regexp, big_integer, big_decimal.
  static Value text(ValueKind kind, std::string text);
  // A `!reference` on `target`.
  static Value reference(Value target);

  ValueKind kind() const { return kind_; }
  bool is_null() const { return kind_ == ValueKind::null; }

  // Each throws std::bad_variant_access when the kind does not hold such data.
  bool boolean() const { return std::get<bool>(data_); }
  std::int64_t integer() const { return std::get<std::int64_t>(data_); }
  double floating() const { return std::get<double>(data_); }
  const std::string& text() const { return std::get<std::string>(data_); }
  const Sequence& items() const { return std::get<Sequence>(data_); }  // sequence; of a reference its one item
  const Mapping& pairs() const { return std::get<Mapping>(data_); }

  // The value under a string or symbol key of a mapping; null pointer when there is none or this is no mapping.
  const Value* find(std::string_view key) const;

  // Deep and typed: 1 and 1.0 differ, pairs are compared in order, NaN equals NaN.
  friend bool operator==(const Value& a, const Value& b);

 private:
  ValueKind kind_ = ValueKind::null;
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Sequence, Mapping> data_;
};

}  // namespace willrun
