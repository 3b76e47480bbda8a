// libyaml as an event source: the reader whose verdict, message and place GitLab's users see.
#pragma once

#include <optional>

#include "yaml/events.hpp"

namespace willrun::yaml {

// How to read one text.
struct ReadOptions {
  bool byte_order_mark = false;    // one stood before the text; libyaml counts it as a column of the first line
  std::uint32_t depth = 1'000;     // nesting at which reading stops with ReadError::Kind::too_deep
  std::uint32_t events = 600'000;  // number at which it stops with ReadError::Kind::too_many
};

// Reads the first document of a text into the sink; what comes after it is not looked at, as in GitLab. An empty text
// has no events. The text is read as UTF-8.
std::optional<ReadError> read_libyaml(std::string_view text, const ReadOptions& options, EventSink& sink);

}  // namespace willrun::yaml
