#include "yaml/yaml_cpp_reader.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <streambuf>

namespace willrun::yaml {

namespace {

// A text as a stream, without a copy.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // the get area is never written to
    setg(begin, begin, begin + text.size());
  }
};

// Ends a reading from inside yaml-cpp, which has no other way to stop.
struct Differs {};

class Handler : public YAML::EventHandler {
 public:
  Handler(std::string_view text, const EventRecord& record, EventSink& sink)
      : text_(text), events_(record.events()), sink_(sink) {}

  bool is_complete() const { return next_ == events_.size(); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnAnchor(const YAML::Mark&, const std::string& name) override { anchors_.push_back(name); }

  // An empty value, `~` or `null` in three spellings: the spelling is where libyaml found it.
  void OnNull(const YAML::Mark&, YAML::anchor_t anchor) override {
    if (next_ == events_.size() || !events_[next_].is_null_word) throw Differs();
    const RecordedEvent& recorded = events_[next_];
    Event event;
    event.value = text_.substr(recorded.begin, recorded.end - recorded.begin);
    event.anchor = name_of(anchor);
    send(event);
  }

  void OnAlias(const YAML::Mark&, YAML::anchor_t anchor) override {
    Event event;
    event.kind = EventKind::alias;
    event.value = name_of(anchor);
    send(event);
  }

  void OnScalar(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    Event event;
    event.quoted = tag == "!";  // so is a plain scalar behind a lone `!`, which then differs
    event.value = value;
    event.tag = specific(tag);
    event.anchor = name_of(anchor);
    send(event);
  }

  void OnSequenceStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    start(EventKind::sequence_start, tag, anchor, style);
  }
  void OnSequenceEnd() override { finish(EventKind::sequence_end); }

  void OnMapStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    start(EventKind::mapping_start, tag, anchor, style);
  }
  void OnMapEnd() override { finish(EventKind::mapping_end); }

 private:
  // `?` and `!` stand for having no tag.
  static std::string_view specific(const std::string& tag) {
    return tag == "?" || tag == "!" ? std::string_view() : std::string_view(tag);
  }

  std::string_view name_of(YAML::anchor_t anchor) const {
    if (anchor == YAML::NullAnchor) return {};
    if (anchor > anchors_.size()) throw Differs();
    return anchors_[anchor - 1];
  }

  void start(EventKind kind, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    const bool is_flow = style == YAML::EmitterStyle::Flow;
    if (next_ < events_.size() && (events_[next_].style == Style::flow) != is_flow) throw Differs();
    Event event;
    event.kind = kind;
    event.tag = specific(tag);
    event.anchor = name_of(anchor);
    send(event);
  }

  void finish(EventKind kind) {
    Event event;
    event.kind = kind;
    send(event);
  }

  void send(Event& event) {
    if (next_ == events_.size()) throw Differs();
    const RecordedEvent& recorded = events_[next_++];
    if (recorded.is_verbatim) {
      const std::string_view written = text_.substr(recorded.begin, recorded.end - recorded.begin);
      if (event.value != written || recorded.hash != hash_without_value(event)) throw Differs();
      event.value = written;
    } else if (recorded.hash != hash_of(event)) {
      throw Differs();
    }
    event.style = recorded.style;
    event.begin = recorded.begin;
    event.end = recorded.end;
    event.outer_begin = recorded.outer_begin;
    sink_.on_event(event);
  }

  std::string_view text_;
  const std::vector<RecordedEvent>& events_;
  EventSink& sink_;
  std::size_t next_ = 0;
  std::vector<std::string> anchors_;  // names by anchor number, less one
};

}  // namespace

bool read_yaml_cpp(std::string_view text, const EventRecord& record, EventSink& sink) {
  TextBuffer buffer(text);
  std::istream stream(&buffer);
  Handler handler(text, record, sink);
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(handler);
  } catch (const Differs&) {
    return false;
  } catch (const YAML::Exception&) {
    return false;
  }
  return handler.is_complete();
}

}  // namespace willrun::yaml
