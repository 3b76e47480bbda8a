// Events to nodes: Psych's conversion of a document, with GitLab's `!reference`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <willrun/diagnostic.hpp>

#include "yaml/events.hpp"
#include "yaml/pair_list.hpp"
#include "yaml/psych_tag.hpp"

namespace willrun::yaml {

// Makes the nodes of one document. The first thing that Psych refuses ends the conversion, not the reading: an error of
// syntax further on is what GitLab reports.
//
// Children of open collections wait on stacks shared by all of them, since collections close in the order of nesting.
class Builder : public EventSink {
 public:
  // `text` is part of the file and starts at byte `base` of it; both outlive the tree.
  Builder(Tree& tree, FileId file, std::string_view text, std::uint32_t base);

  void on_event(const Event& event) override;

  // The root; an empty document is null.
  NodeId root();
  const std::optional<Diagnostic>& error() const { return error_; }
  // A mapping has a symbol among its keys.
  bool has_symbol_key() const { return has_symbol_key_; }
  // A node may have more than one parent.
  bool has_alias() const { return has_alias_; }

 private:
  // Where a value came from decides what a merge key does with it.
  enum class Source : std::uint8_t { scalar, alias, sequence, mapping };
  struct Frame {
    NodeId node = kNoNode;
    NodeId wrapper = kNoNode;  // the reference that the collection is the target of
    TagMeaning meaning = TagMeaning::none;
    bool is_mapping = false;
    bool is_merge = false;  // the key that waits for its value is `<<`
    std::uint32_t first_item = 0;
    NodeId key = kNoNode;
    Span tag_span;
    std::uint32_t late_text =
        0;  // in late_texts_, less one: a class refused, or an anchor set, once the children are read
  };

  void scalar(const Event& event);
  void alias(const Event& event);
  bool is_pair_item() const;
  void start(const Event& event);
  void finish(const Event& event);
  void open_frame(const Event& event, const TagAnswer& tag);
  std::uint32_t keep_late(std::string_view text);
  NodeId close_sequence(const Frame& frame, std::uint32_t end);
  NodeId close_mapping(const Frame& frame, std::uint32_t end);
  void close_pairs(const Frame& frame, std::span<const NodeId> items, std::uint32_t end);
  NodeId text_of_pairs(const Frame& frame);
  std::uint32_t end_of(const Event& event, const Frame& frame) const;

  NodeId resolved_scalar(const Event& event);
  NodeId tagged_scalar(const Event& event, const TagAnswer& tag);
  NodeId float_scalar(const Event& event);
  Node& add_node(const Event& event, ValueKind kind, std::string_view text);
  NodeId text_node(const Event& event, ValueKind kind, std::string_view value);
  std::string_view keep(const Event& event, std::string_view value);

  void place(NodeId node, Source source, std::string_view tag = {});
  void add_key(Frame& frame, NodeId key, std::string_view tag);
  void add_pair(Frame& frame, NodeId value, Source source);
  bool merge(NodeId value, Source source);
  bool merge_items(std::span<const NodeId> items);
  bool merge_pairs(PairList& into, NodeId mapping);
  std::span<const Entry> pairs_so_far(NodeId mapping) const;

  PairList& pairs_at(std::size_t depth);
  Span span(std::uint32_t begin, std::uint32_t end) const { return {file_, base_ + begin, base_ + end}; }
  void fail(Diagnostic diagnostic);
  void refuse(std::string_view class_name, Span at);
  void crash(Span at, std::string message);

  Tree& tree_;
  FileId file_;
  std::string_view text_;
  std::uint32_t base_;
  std::vector<Frame> frames_;
  std::vector<NodeId> items_;                     // of open sequences
  std::vector<std::unique_ptr<PairList>> pairs_;  // of open mappings, by depth; kept for the next one
  std::unordered_map<std::string, NodeId> anchors_;
  std::vector<std::string> late_texts_;
  NodeId root_ = kNoNode;
  std::uint32_t last_end_ = 0;  // behind the last byte of text that belongs to a node
  std::size_t merged_ = 0;
  bool has_symbol_key_ = false;
  bool has_alias_ = false;
  std::optional<Diagnostic> error_;
};

}  // namespace willrun::yaml
