// How Ruby 3.1 prints values: GitLab puts `to_s` of a value into texts and `inspect` of it into lists and messages.
#pragma once

#include <string>
#include <string_view>

#include "yaml/tree.hpp"

namespace willrun::ruby {

// GitLab's CI loader makes string keys symbols; the tree keeps them as written. `symbols` prints them as that loader
// has them (`{:a=>1}`), `written` as the text has them (`{"a"=>1}`). A key inside a collection key stays as written.
enum class Keys : std::uint8_t { written, symbols };

// `"a\n"`, `:a`, `nil`, `1.0e+20`, `["a", {"b"=>1}]`. A reference prints as its target behind `!reference `.
// Recursion is as deep as the node, which loading bounds.
std::string inspect(const yaml::Tree& tree, yaml::NodeId node, Keys keys = Keys::written);

// `a`, `1.0e+20`, empty for null; lists and maps as inspect prints them.
std::string to_s(const yaml::Tree& tree, yaml::NodeId node, Keys keys = Keys::written);

// The same of a value.
std::string inspect(const Value& value);
std::string to_s(const Value& value);

// A string in Ruby's double quotes: escapes for controls, unprintable characters, `"`, `\` and what would be
// interpolated
// (`#{`, `#$`, `#@`); an invalid byte is `\xFF`.
std::string inspect_string(std::string_view text);

// `:a`, or `:"a b"` where the name is no Ruby symbol as it stands.
std::string inspect_symbol(std::string_view name);

// A big_decimal's text as Ruby's BigDecimal#inspect has it, `0.11e1`: what lists show, while to_s gives the text
// itself.
std::string inspect_decimal(std::string_view text);

// `1.0`, `1.0e+15`, `1.0e-05`, `Infinity`, `NaN`: the shortest digits that read back as the same number.
std::string float_text(double value);

}  // namespace willrun::ruby
