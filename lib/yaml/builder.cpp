#include "yaml/builder.hpp"

#include <fmt/format.h>

#include "diag/codes.hpp"
#include "yaml/written.hpp"

namespace willrun::yaml {

Builder::Builder(Tree& tree, FileId file, std::string_view text, std::uint32_t base)
    : tree_(tree), file_(file), text_(text), base_(base) {
  tree_.reserve(text.size());
}

void Builder::on_event(const Event& event) {
  if (error_) return;
  switch (event.kind) {
    case EventKind::scalar: return scalar(event);
    case EventKind::alias: return alias(event);
    case EventKind::sequence_start:
    case EventKind::mapping_start: return start(event);
    case EventKind::sequence_end:
    case EventKind::mapping_end: return finish(event);
  }
}

NodeId Builder::root() {
  if (root_ == kNoNode) root_ = tree_.add_scalar(ValueKind::null, {}, span(0, 0), Style::plain);
  return root_;
}

void Builder::scalar(const Event& found) {
  if (is_pair_item()) return crash(span(found.outer_begin, found.end), "an item of `!!omap` is no pair");
  Event event = found;
  const bool is_bare = event.style == Style::plain && event.value.empty() && event.begin == event.outer_begin;
  if (is_bare) event.begin = event.end = event.outer_begin = empty_place(text_, last_end_, event.begin);
  last_end_ = std::max(last_end_, event.end);
  NodeId node = kNoNode;
  if (event.quoted) {
    node = text_node(event, ValueKind::string, event.value);
  } else if (event.tag.empty()) {
    node = resolved_scalar(event);
  } else {
    node = tagged_scalar(event, scalar_tag(event.tag, event.value));
  }
  if (error_) return;
  if (!event.anchor.empty()) anchors_.insert_or_assign(std::string(event.anchor), node);
  place(node, Source::scalar, event.tag);
}

void Builder::alias(const Event& event) {
  if (is_pair_item()) return crash(span(event.begin, event.end), "an item of `!!omap` is no pair");
  last_end_ = std::max(last_end_, event.end);
  has_alias_ = true;
  const auto known = anchors_.find(std::string(event.value));
  if (known != anchors_.end()) return place(known->second, Source::alias);
  fail(diag::make(diag::Code::yaml_unknown_anchor, span(event.begin, event.end),
                  fmt::format("the alias `*{0}` has no anchor `&{0}` before it in this document", event.value),
                  fmt::format("An alias referenced an unknown anchor: {}", event.value)));
}

// Psych looks through the items of `!!omap`: their tags and anchors do not count.
bool Builder::is_pair_item() const { return !frames_.empty() && frames_.back().meaning == TagMeaning::pairs; }

void Builder::start(const Event& found) {
  Event event = found;
  if (is_pair_item()) event.tag = event.anchor = {};
  const bool is_mapping = event.kind == EventKind::mapping_start;
  const TagAnswer tag = is_mapping ? mapping_tag(event.tag) : sequence_tag(event.tag);
  const Span tag_span = span(event.outer_begin, std::max(event.begin, event.outer_begin + 1));
  if (tag.meaning == TagMeaning::refused && !tag.children_first) return refuse(tag.refused_class, tag_span);
  if (tag.meaning == TagMeaning::crash) return crash(tag_span, fmt::format("the tag `{}` names no class", event.tag));
  last_end_ = std::max(last_end_, event.begin);
  open_frame(event, tag);
  if (is_mapping) pairs_at(frames_.size() - 1).clear();
}

std::uint32_t Builder::keep_late(std::string_view text) {
  late_texts_.emplace_back(text);
  return static_cast<std::uint32_t>(late_texts_.size());
}

void Builder::open_frame(const Event& event, const TagAnswer& tag) {
  const bool is_mapping = event.kind == EventKind::mapping_start;
  Frame& frame = frames_.emplace_back();
  frame.is_mapping = is_mapping;
  frame.meaning = tag.meaning;
  frame.first_item = static_cast<std::uint32_t>(items_.size());
  frame.tag_span = span(event.outer_begin, std::max(event.begin, event.outer_begin + 1));
  if (tag.meaning == TagMeaning::refused) frame.late_text = keep_late(tag.refused_class);
  const bool makes_mapping = is_mapping || tag.meaning == TagMeaning::pairs;
  const Span place = span(event.begin, event.begin);
  frame.node = tree_.add_scalar(makes_mapping ? ValueKind::mapping : ValueKind::sequence, {}, place, event.style);
  NodeId anchored = frame.node;
  if (tag.meaning == TagMeaning::reference) {
    frame.wrapper = tree_.add_scalar(ValueKind::reference, {}, span(event.outer_begin, event.begin), event.style);
    anchored = is_mapping ? frame.wrapper : kNoNode;  // Psych forgets the anchor of a tagged list (category reference)
  }
  if (event.anchor.empty() || anchored == kNoNode) return;
  if (tag.meaning == TagMeaning::text) {
    frame.late_text = keep_late(event.anchor);
  } else {
    anchors_.insert_or_assign(std::string(event.anchor), anchored);
  }
}

// Readers do not know where a block collection ends: behind the last byte of its last child.
std::uint32_t Builder::end_of(const Event& event, const Frame& frame) const {
  const bool has_bracket = tree_[frame.node].style == Style::flow && event.end > event.begin;
  return has_bracket ? event.end : std::max(last_end_, tree_[frame.node].begin - base_);
}

void Builder::finish(const Event& event) {
  const Frame frame = frames_.back();
  const std::uint32_t end = end_of(event, frame);
  last_end_ = std::max(last_end_, end);
  if (frame.meaning == TagMeaning::refused) {
    return refuse(late_texts_[frame.late_text - 1], frame.tag_span);
  }
  NodeId made = frame.is_mapping ? close_mapping(frame, base_ + end) : close_sequence(frame, base_ + end);
  if (error_) return;
  if (frame.wrapper != kNoNode) {
    tree_.close_sequence(frame.wrapper, {&made, 1}, base_ + end);
    made = frame.wrapper;
  }
  frames_.pop_back();
  place(made, frame.is_mapping ? Source::mapping : Source::sequence);
}

NodeId Builder::close_sequence(const Frame& frame, std::uint32_t end) {
  const std::span<const NodeId> items = std::span(items_).subspan(frame.first_item);
  if (frame.meaning == TagMeaning::pairs) {
    close_pairs(frame, items, end);
  } else {
    tree_.close_sequence(frame.node, items, end);
  }
  items_.resize(frame.first_item);
  return frame.node;
}

NodeId Builder::close_mapping(const Frame& frame, std::uint32_t end) {
  if (frame.meaning == TagMeaning::text) return text_of_pairs(frame);
  tree_.close_mapping(frame.node, pairs_at(frames_.size() - 1).entries(), end);
  return frame.node;
}

// Of each item its first and its last child, whatever the item is: what Psych makes of `!!omap`.
void Builder::close_pairs(const Frame& frame, std::span<const NodeId> items, std::uint32_t end) {
  PairList& pairs = pairs_at(frames_.size() - 1);
  pairs.clear();
  for (const NodeId item : items) {
    const auto entries = tree_.entries(item);
    const auto children = tree_.items(item);
    if (!entries.empty()) {
      pairs.put(tree_, entries.front().key, entries.back().value);
    } else if (!children.empty()) {
      pairs.put(tree_, children.front(), children.back());
    } else {
      return crash(tree_.span(item), "an item of `!!omap` is no pair");
    }
  }
  tree_.close_mapping(frame.node, pairs.entries(), end);
}

// `!!str {str: x}` is the string x; other keys become attributes of it, which only texts and collections can have.
NodeId Builder::text_of_pairs(const Frame& frame) {
  NodeId made = kNoNode;
  bool has_attributes = false;
  for (const Entry& entry : pairs_at(frames_.size() - 1).entries()) {
    const bool is_text = tree_.is_string(entry.key) && tree_.text(entry.key) == "str";
    if (is_text) made = entry.value;
    has_attributes = has_attributes || !is_text;
  }
  if (made == kNoNode) made = tree_.add_scalar(ValueKind::null, {}, frame.tag_span, Style::plain);
  const bool takes_attributes = tree_.is_string(made) || tree_.is_mapping(made) || tree_.is_sequence(made);
  if (has_attributes && !takes_attributes) {
    crash(frame.tag_span, "a map tagged as a string has no text under `str`");
  } else if (frame.late_text != 0) {
    anchors_.insert_or_assign(late_texts_[frame.late_text - 1], made);
  }
  return made;
}

void Builder::place(NodeId node, Source source, std::string_view tag) {
  if (frames_.empty()) {
    root_ = node;
    return;
  }
  Frame& frame = frames_.back();
  if (!frame.is_mapping) {
    items_.push_back(node);
  } else if (frame.key == kNoNode) {
    add_key(frame, node, tag);
  } else {
    add_pair(frame, node, source);
  }
}

void Builder::add_key(Frame& frame, NodeId key, std::string_view tag) {
  frame.key = key;
  const ValueKind kind = tree_.kind(key);
  has_symbol_key_ = has_symbol_key_ || kind == ValueKind::symbol;
  const bool may_merge = frame.meaning != TagMeaning::text && tag != "tag:yaml.org,2002:str";
  frame.is_merge = may_merge && kind == ValueKind::string && tree_.text(key) == "<<";
}

void Builder::add_pair(Frame& frame, NodeId value, Source source) {
  const NodeId key = std::exchange(frame.key, kNoNode);
  if (frame.is_merge && merge(value, source)) return;
  if (!error_) pairs_at(frames_.size() - 1).put(tree_, key, value);
}

PairList& Builder::pairs_at(std::size_t depth) {
  while (pairs_.size() <= depth) pairs_.push_back(std::make_unique<PairList>());
  return *pairs_[depth];
}

void Builder::fail(Diagnostic diagnostic) {
  if (!error_) error_ = std::move(diagnostic);
}

void Builder::refuse(std::string_view class_name, Span at) {
  const bool is_date = class_name == "Date" || class_name == "Time";
  std::string message =
      is_date ? fmt::format("found a {} without quotes, which GitLab refuses", class_name == "Date" ? "date" : "time")
              : fmt::format("GitLab refuses to load the Ruby class `{}`", class_name);
  Diagnostic refused = diag::make(diag::Code::yaml_refused_class, at, std::move(message),
                                  fmt::format("Tried to load unspecified class: {}", class_name));
  refused.help = is_date ? "write it in quotes" : "remove the tag";
  fail(std::move(refused));
}

void Builder::crash(Span at, std::string message) {
  fail(diag::make(diag::Code::yaml_crash, at, std::move(message) + ", and GitLab fails on it"));
}

}  // namespace willrun::yaml
