// UTF-8 as raw bytes: validity, decoding and counting. Offsets and lengths are in bytes unless a name says otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace willrun::utf8 {

// One decoded character. An invalid byte decodes as itself with size 1 and `valid` false.
struct Decoded {
  char32_t code_point = 0;
  std::uint8_t size = 0;  // bytes, 1 to 4
  bool valid = true;
};

// Decodes the character at `offset`, which must be inside the text. Overlong forms, surrogates and code points over
// U+10FFFF are invalid.
Decoded decode(std::string_view text, std::size_t offset);

bool is_valid(std::string_view text);

// Code points in the text; an invalid byte counts as one.
std::size_t length(std::string_view text);

// The byte offset of the code point with this 0-based number; the text's size when there are not as many.
std::size_t offset_of(std::string_view text, std::size_t code_point_index);

void append(std::string& out, char32_t code_point);

// The text in lower case, by code point, as Ruby's String#downcase maps it; invalid bytes stay.
std::string lowercase(std::string_view text);

// Columns that a code point takes on a terminal: 0, 1 or 2.
int width(char32_t code_point);

// Whether Ruby prints the character as it is: no control, surrogate, separator of lines or unassigned code point.
bool is_printable(char32_t code_point);

// A letter, mark, digit or connector: Ruby's [[:word:]].
bool is_word(char32_t code_point);

// Unicode White_Space, which Ruby's [[:space:]] and ActiveSupport's String#blank? use.
bool is_space(char32_t code_point);

// Whether the text is empty or white space only (ActiveSupport's String#blank?).
bool is_blank(std::string_view text);

// The text without ASCII white space and NUL at its ends (Ruby's String#strip).
std::string strip(std::string_view text);

}  // namespace willrun::utf8
