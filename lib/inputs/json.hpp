// JSON as GitLab reads the text of a number, boolean or array input: Oj in its Rails mode, which takes more than JSON.
#pragma once

#include <optional>
#include <string_view>

#include <willrun/options.hpp>

#include "yaml/tree.hpp"

namespace willrun::inputs {

// The value of a JSON text as nodes of the tree, all with this span; none when Oj refuses the text or the value is over
// Limits::json_depth or Limits::json_number_digits. Keys of maps are string nodes; of equal keys the last value wins in
// the first one's place. Linear in the text.
//
// What Oj takes beyond JSON (categories json_coercion, number_precision):
// - leading zeros, a leading `+`, a trailing dot (`1.` is the integer 1), a lone sign (0), `-.5`;
// - `Infinity`, `NaN`, `nan` and signs before them;
// - comments before and inside the value, not after it; a NUL character ends the text;
// - raw control characters in strings, and any `\u` escape after a high surrogate.
std::optional<yaml::NodeId> read_json(yaml::Tree& tree, std::string_view text, Span span, const Limits& limits = {});

}  // namespace willrun::inputs
