// What both YAML readers say about a text, event by event: the one interface between them and the tree builder.
#pragma once

#include <string_view>

#include "yaml/tree.hpp"

namespace willrun::yaml {

enum class EventKind : std::uint8_t { scalar, alias, sequence_start, sequence_end, mapping_start, mapping_end };

// Texts live until the next event of the same reader. Offsets are bytes in the text that is read, a byte order mark not
// counted.
struct Event {
  EventKind kind = EventKind::scalar;
  Style style = Style::plain;
  // Untagged and written in quotes or as a block: the value is a string. Otherwise its looks or its tag decide.
  bool quoted = false;
  std::string_view value;   // scalar: decoded; alias: the anchor's name
  std::string_view tag;     // resolved (`tag:yaml.org,2002:str`, `!reference`); empty without one and for `!`
  std::string_view anchor;  // empty without one
  // Of scalars and flow collections as written, without tag and anchor. A block collection's start is that of its first
  // entry and its end is not known to readers (end equals begin). Of an empty value: where it would stand.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t outer_begin = 0;  // as begin, but with tag and anchor
};

class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void on_event(const Event& event) = 0;
};

// Why a reader stopped before the end of the first document.
struct ReadError {
  enum class Kind : std::uint8_t {
    syntax,    // the text is not YAML
    too_deep,  // nested deeper than Limits::scan_depth
    too_many,  // more events than Limits::yaml_events
  };
  Kind kind = Kind::syntax;
  std::string_view problem;  // libyaml's own words, texts of static duration
  std::string_view context;
  std::uint32_t offset = 0;          // byte at which the problem was found
  std::uint32_t context_offset = 0;  // byte at which what the context names begins
  // GitLab's line and column, both from 1: those of the context, 1 and 1 where there is none.
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

}  // namespace willrun::yaml
