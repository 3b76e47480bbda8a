// What libyaml said about a text, kept small: the referee of the other reader.
#pragma once

#include <cstddef>
#include <vector>

#include "yaml/events.hpp"

namespace willrun::yaml {

// One event: what it said as a hash, and where it stands, which only libyaml knows to both ends.
struct RecordedEvent {
  std::size_t hash = 0;  // of kind, tag, anchor, whether it is quoted, and of the value unless it is verbatim
  EventKind kind = EventKind::scalar;
  Style style = Style::plain;
  bool is_verbatim = false;   // a scalar whose value is what is written from begin to end, as most are
  bool is_null_word = false;  // an untagged plain scalar that yaml-cpp hands over without its text
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t outer_begin = 0;
};

std::size_t hash_of(const Event& event);
std::size_t hash_without_value(const Event& event);

class EventRecord : public EventSink {
 public:
  explicit EventRecord(std::string_view text);

  void on_event(const Event& event) override;

  const std::vector<RecordedEvent>& events() const { return events_; }
  std::uint32_t depth() const { return deepest_; }  // of nesting

 private:
  std::string_view text_;
  std::vector<RecordedEvent> events_;
  std::uint32_t depth_ = 0;
  std::uint32_t deepest_ = 0;
};

}  // namespace willrun::yaml
