// From positions counted in characters, which libyaml gives, to bytes.
#pragma once

#include <string_view>

namespace willrun::yaml {

// Translates positions that mostly grow, so that a whole reading costs one walk over the text. An ASCII text costs
// nothing.
class CharacterCursor {
 public:
  explicit CharacterCursor(std::string_view text) : text_(text), ascii_(is_ascii(text)) {}

  std::uint32_t byte_of(std::size_t index) {
    if (ascii_) return static_cast<std::uint32_t>(index < text_.size() ? index : text_.size());
    while (index_ < index && byte_ < text_.size()) forward();
    while (index_ > index && byte_ > 0) backward();
    return static_cast<std::uint32_t>(byte_);
  }

 private:
  static bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

  static bool is_ascii(std::string_view text) {
    unsigned char seen = 0;
    for (const char byte : text) seen |= static_cast<unsigned char>(byte);
    return seen < 0x80;
  }

  void forward() {
    ++byte_;
    while (byte_ < text_.size() && is_continuation(text_[byte_])) ++byte_;
    ++index_;
  }

  void backward() {
    --byte_;
    while (byte_ > 0 && is_continuation(text_[byte_])) --byte_;
    --index_;
  }

  std::string_view text_;
  bool ascii_;
  std::size_t index_ = 0;
  std::size_t byte_ = 0;
};

}  // namespace willrun::yaml
