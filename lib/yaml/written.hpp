// Where a node stands in its text, from the rough places that readers give.
#pragma once

#include "yaml/events.hpp"

namespace willrun::yaml {

// The first byte in [at, end] that is no tag, anchor, white space or comment between them.
std::uint32_t after_properties(std::string_view text, std::uint32_t at, std::uint32_t end);

// Where an empty value stands that readers put at `mark`: behind the last thing between `last_end` and there that is
// neither white space nor comment, usually the indicator that opened it.
std::uint32_t empty_place(std::string_view text, std::uint32_t last_end, std::uint32_t mark);

// Makes a scalar's range exact: a block scalar ends with its last line that holds more than white space, without the
// line break, and an empty value has no extent.
void narrow_scalar(std::string_view text, Event& scalar);

}  // namespace willrun::yaml
