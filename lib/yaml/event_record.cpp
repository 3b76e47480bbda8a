#include "yaml/event_record.hpp"

#include <functional>

namespace willrun::yaml {

namespace {

bool is_null_word(const Event& event) {
  if (event.kind != EventKind::scalar || event.quoted || !event.tag.empty() || event.style != Style::plain)
    return false;
  const std::string_view value = event.value;
  return value.empty() || value == "~" || value == "null" || value == "Null" || value == "NULL";
}

std::size_t mix(std::size_t hash, std::string_view text) {
  constexpr std::size_t kOdd = 0x9E3779B97F4A7C15U;
  return (hash ^ (text.empty() ? 0 : std::hash<std::string_view>()(text))) * kOdd;
}

}  // namespace

std::size_t hash_without_value(const Event& event) {
  const std::size_t start = static_cast<std::size_t>(event.kind) * 2 + (event.quoted ? 1 : 0) + 1;
  return mix(mix(start, event.tag), event.anchor);
}

std::size_t hash_of(const Event& event) { return mix(hash_without_value(event), event.value); }

EventRecord::EventRecord(std::string_view text) : text_(text) {
  constexpr std::size_t kBytesPerEvent = 9;  // of configurations; room that is not used costs no memory
  events_.reserve(text.size() / kBytesPerEvent);
}

void EventRecord::on_event(const Event& event) {
  const bool is_start = event.kind == EventKind::sequence_start || event.kind == EventKind::mapping_start;
  const bool is_end = event.kind == EventKind::sequence_end || event.kind == EventKind::mapping_end;
  if (is_start) deepest_ = std::max(deepest_, ++depth_);
  if (is_end) --depth_;
  RecordedEvent& recorded = events_.emplace_back();
  recorded.kind = event.kind;
  recorded.style = event.style;
  recorded.begin = event.begin;
  recorded.end = event.end;
  recorded.outer_begin = event.outer_begin;
  recorded.is_null_word = is_null_word(event);
  recorded.is_verbatim =
      event.kind == EventKind::scalar && event.value == text_.substr(event.begin, event.end - event.begin);
  recorded.hash = recorded.is_verbatim ? hash_without_value(event) : hash_of(event);
}

}  // namespace willrun::yaml
