#include "yaml/libyaml_reader.hpp"

#include <yaml.h>

#include <cstring>
#include <new>

#include "yaml/character_cursor.hpp"
#include "yaml/written.hpp"

namespace willrun::yaml {

namespace {

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

// Owns the next event of libyaml, which clears it before it reads.
struct OwnedEvent {
  yaml_event_t raw;
  bool is_read;
  explicit OwnedEvent(yaml_parser_t& parser) : is_read(yaml_parser_parse(&parser, &raw) != 0) {}
  OwnedEvent(const OwnedEvent&) = delete;
  OwnedEvent& operator=(const OwnedEvent&) = delete;
  ~OwnedEvent() { yaml_event_delete(&raw); }
};

Style scalar_style(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return Style::single_quoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return Style::double_quoted;
    case YAML_LITERAL_SCALAR_STYLE: return Style::literal;
    case YAML_FOLDED_SCALAR_STYLE: return Style::folded;
    default: return Style::plain;
  }
}

class Reader {
 public:
  Reader(std::string_view text, const ReadOptions& options, EventSink& sink)
      : text_(text), options_(options), sink_(sink), cursor_(text), mark_left_(options.byte_order_mark) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    if (options.byte_order_mark) {
      yaml_parser_set_input(&parser_, &Reader::read_with_mark, this);
    } else {
      yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    }
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { yaml_parser_delete(&parser_); }

  std::optional<ReadError> run() {
    while (true) {
      const OwnedEvent event(parser_);
      if (!event.is_read) return error();
      const yaml_event_type_t type = event.raw.type;
      if (type == YAML_DOCUMENT_END_EVENT || type == YAML_STREAM_END_EVENT) return std::nullopt;
      if (!within_depth(type)) return stopped(ReadError::Kind::too_deep, event.raw);
      if (++events_ > options_.events) return stopped(ReadError::Kind::too_many, event.raw);
      forward(event.raw);
    }
  }

 private:
  // The byte order mark, then the text: libyaml itself has to see the mark, since it moves the first line by a column.
  static int read_with_mark(void* data, unsigned char* buffer, std::size_t size, std::size_t* read) {
    auto& self = *static_cast<Reader*>(data);
    const std::string_view rest = self.mark_left_ ? std::string_view("\xEF\xBB\xBF") : self.text_.substr(self.fed_);
    *read = std::min(size, rest.size());
    std::memcpy(buffer, rest.data(), *read);
    if (!self.mark_left_) self.fed_ += *read;
    self.mark_left_ = false;
    return 1;
  }

  ReadError stopped(ReadError::Kind kind, const yaml_event_t& event) {
    ReadError error;
    error.kind = kind;
    error.offset = byte_of(event.start_mark);
    return error;
  }

  bool within_depth(yaml_event_type_t type) {
    if (type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT) return ++depth_ <= options_.depth;
    if (type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT) --depth_;
    return true;
  }

  std::uint32_t byte_of(const yaml_mark_t& mark) {
    const std::size_t before = options_.byte_order_mark && mark.index > 0 ? 1 : 0;
    return cursor_.byte_of(mark.index - before);
  }

  void forward(const yaml_event_t& raw) {
    switch (raw.type) {
      case YAML_SCALAR_EVENT: return scalar(raw);
      case YAML_ALIAS_EVENT: return alias(raw);
      case YAML_SEQUENCE_START_EVENT: return start(raw, raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
      case YAML_MAPPING_START_EVENT: return start(raw, raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
      case YAML_SEQUENCE_END_EVENT: return finish(raw, EventKind::sequence_end);
      case YAML_MAPPING_END_EVENT: return finish(raw, EventKind::mapping_end);
      default: return;
    }
  }

  void scalar(const yaml_event_t& raw) {
    const auto& data = raw.data.scalar;
    Event event;
    event.style = scalar_style(data.style);
    event.quoted = data.quoted_implicit != 0;
    event.value = {reinterpret_cast<const char*>(data.value), data.length};
    event.tag = view(data.tag);
    event.anchor = view(data.anchor);
    event.outer_begin = byte_of(raw.start_mark);
    event.end = byte_of(raw.end_mark);
    event.begin = event.outer_begin;
    const bool has_properties = data.anchor != nullptr || data.tag != nullptr || is_property(event.outer_begin);
    if (has_properties) event.begin = after_properties(text_, event.outer_begin, event.end);
    narrow_scalar(text_, event);
    sink_.on_event(event);
  }

  // A lone `!` is a tag that libyaml forgets.
  bool is_property(std::uint32_t at) const { return at < text_.size() && text_[at] == '!'; }

  void alias(const yaml_event_t& raw) {
    Event event;
    event.kind = EventKind::alias;
    event.value = view(raw.data.alias.anchor);
    event.begin = event.outer_begin = byte_of(raw.start_mark);
    event.end = byte_of(raw.end_mark);
    sink_.on_event(event);
  }

  void start(const yaml_event_t& raw, bool flow) {
    const bool is_sequence = raw.type == YAML_SEQUENCE_START_EVENT;
    Event event;
    event.kind = is_sequence ? EventKind::sequence_start : EventKind::mapping_start;
    event.style = flow ? Style::flow : Style::block;
    event.tag = view(is_sequence ? raw.data.sequence_start.tag : raw.data.mapping_start.tag);
    event.anchor = view(is_sequence ? raw.data.sequence_start.anchor : raw.data.mapping_start.anchor);
    event.outer_begin = byte_of(raw.start_mark);
    event.begin = event.end = event.outer_begin;
    const bool has_properties = !event.tag.empty() || !event.anchor.empty() || is_property(event.outer_begin);
    if (has_properties) event.begin = after_properties(text_, event.outer_begin, byte_of(raw.end_mark));
    event.end = event.begin;
    sink_.on_event(event);
  }

  void finish(const yaml_event_t& raw, EventKind kind) {
    Event event;
    event.kind = kind;
    event.begin = event.outer_begin = byte_of(raw.start_mark);
    event.end = byte_of(raw.end_mark);
    sink_.on_event(event);
  }

  ReadError error() {
    if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    ReadError found;
    found.problem = parser_.problem == nullptr ? std::string_view() : parser_.problem;
    found.context = parser_.context == nullptr ? std::string_view() : parser_.context;
    // Psych prints the place of the context, which stays at the start of the text where libyaml gives none.
    found.line = static_cast<std::uint32_t>(parser_.context_mark.line + 1);
    found.column = static_cast<std::uint32_t>(parser_.context_mark.column + 1);
    found.context_offset = byte_of(parser_.context_mark);
    if (parser_.error == YAML_READER_ERROR) {
      const std::size_t mark_bytes = options_.byte_order_mark ? 3 : 0;
      const std::size_t offset = parser_.problem_offset - std::min(mark_bytes, parser_.problem_offset);
      found.offset = static_cast<std::uint32_t>(std::min(offset, text_.size()));
    } else {
      found.offset = byte_of(parser_.problem_mark);
    }
    return found;
  }

  std::string_view text_;
  const ReadOptions& options_;
  EventSink& sink_;
  CharacterCursor cursor_;
  yaml_parser_t parser_{};
  std::uint32_t depth_ = 0;
  std::uint32_t events_ = 0;
  bool mark_left_;
  std::size_t fed_ = 0;
};

}  // namespace

std::optional<ReadError> read_libyaml(std::string_view text, const ReadOptions& options, EventSink& sink) {
  return Reader(text, options, sink).run();
}

}  // namespace willrun::yaml
