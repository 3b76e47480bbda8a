// Which value an unquoted scalar has: YAML 1.1 as Ruby's Psych reads it (conformance categories plain_*, tags).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <willrun/value.hpp>

namespace willrun::yaml {

// What a text stands for. Text of a big integer owns its digits; everything else needs none.
struct Resolved {
  ValueKind kind = ValueKind::string;
  // GitLab refuses the class that the text looks like ("Date", "Time"); empty otherwise.
  std::string_view refused_class;
  bool invalid_number = false;  // looks like a number to Psych, and then is none: GitLab's "Invalid YAML syntax"
  std::string_view symbol;      // symbol: its name, a slice of the text
  std::string digits;           // big integer: decimal, with '-'
  union {
    std::int64_t integer = 0;
    double floating;
    bool boolean;
  };
};

Resolved resolve_plain(std::string_view text);

// Ruby's Float(text): decimal or hexadecimal, single underscores between digits, white space around. Nothing for text
// that is no number.
std::optional<double> ruby_float(std::string_view text);

// Ruby's unpack('m'): decodes what is in the alphabet and drops the rest, up to the first padding.
std::string decode_base64(std::string_view text);

}  // namespace willrun::yaml
