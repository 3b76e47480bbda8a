// Classes of ASCII characters, as Ruby's patterns see them.
#pragma once

namespace willrun::yaml {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace willrun::yaml
