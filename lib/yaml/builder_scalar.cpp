// The builder's scalars: from an event to the node that Psych's value is.
#include <fmt/format.h>

#include "diag/codes.hpp"
#include "yaml/builder.hpp"
#include "yaml/psych_scalar.hpp"

namespace willrun::yaml {

namespace {

Diagnostic invalid_number(Span at, std::string_view text) {
  return diag::make(diag::Code::yaml_syntax, at, fmt::format("`{}` is not a number that GitLab can read", text),
                    "Invalid YAML syntax");
}

// Encodings that Ruby has under these names; an object of that kind is no value that a configuration can hold.
bool is_encoding(std::string_view name) {
  for (const std::string_view known : {"UTF-8", "utf-8", "ASCII-8BIT", "US-ASCII", "BINARY", "ISO-8859-1", "UTF-16"}) {
    if (name == known) return true;
  }
  return false;
}

}  // namespace

// A slice of the file where the text stands there as it is, a copy in the tree otherwise.
std::string_view Builder::keep(const Event& event, std::string_view value) {
  const std::uint32_t quote = event.style == Style::single_quoted || event.style == Style::double_quoted ? 1 : 0;
  const std::uint32_t size = event.end - event.begin;
  if (size == value.size() + 2 * quote) {
    const std::string_view slice = text_.substr(event.begin + quote, value.size());
    if (slice == value) return slice;
  }
  return tree_.keep(value);
}

Node& Builder::add_node(const Event& event, ValueKind kind, std::string_view text) {
  Node& node = tree_.emplace();
  node.kind = kind;
  node.style = event.style;
  node.file = file_;
  node.begin = base_ + event.begin;
  node.end = base_ + event.end;
  node.text = text.data();
  node.size = static_cast<std::uint32_t>(text.size());
  return node;
}

NodeId Builder::text_node(const Event& event, ValueKind kind, std::string_view value) {
  add_node(event, kind, keep(event, value));
  return tree_.last();
}

NodeId Builder::resolved_scalar(const Event& event) {
  const Resolved found = resolve_plain(event.value);
  if (!found.refused_class.empty()) {
    refuse(found.refused_class, span(event.begin, event.end));
    return kNoNode;
  }
  if (found.invalid_number) {
    fail(invalid_number(span(event.begin, event.end), event.value));
    return kNoNode;
  }
  std::string_view text = keep(event, event.value);
  if (found.kind == ValueKind::big_integer) text = tree_.keep(found.digits);
  if (found.kind == ValueKind::symbol) {
    text = text.substr(static_cast<std::size_t>(found.symbol.data() - event.value.data()), found.symbol.size());
  }
  Node& node = add_node(event, found.kind, text);
  switch (found.kind) {
    case ValueKind::boolean: node.boolean = found.boolean; break;
    case ValueKind::integer: node.integer = found.integer; break;
    case ValueKind::floating: node.floating = found.floating; break;
    default: break;
  }
  return tree_.last();
}

NodeId Builder::tagged_scalar(const Event& event, const TagAnswer& tag) {
  switch (tag.meaning) {
    case TagMeaning::refused: refuse(tag.refused_class, span(event.outer_begin, event.end)); return kNoNode;
    case TagMeaning::text: return text_node(event, ValueKind::string, event.value);
    case TagMeaning::symbol: return text_node(event, ValueKind::symbol, event.value);
    case TagMeaning::binary: return text_node(event, ValueKind::string, decode_base64(event.value));
    case TagMeaning::null: return text_node(event, ValueKind::null, event.value);
    case TagMeaning::floating: return float_scalar(event);
    case TagMeaning::reference: {
      const NodeId target = text_node(event, ValueKind::string, event.value);
      return tree_.add_reference(target, span(event.outer_begin, event.end));
    }
    case TagMeaning::encoding:
      if (is_encoding(event.value)) {
        crash(span(event.outer_begin, event.end), "a Ruby encoding is no value of a configuration");
      } else {
        fail(diag::make(diag::Code::yaml_syntax, span(event.begin, event.end),
                        fmt::format("`{}` is no name of a Ruby encoding", event.value), "Invalid YAML syntax"));
      }
      return kNoNode;
    default: return resolved_scalar(event);
  }
}

// `!!float` takes what the text looks like, and Ruby's Float() of that.
NodeId Builder::float_scalar(const Event& event) {
  const NodeId looks = resolved_scalar(event);
  if (error_) return kNoNode;
  Node node = tree_[looks];
  std::optional<double> value;
  switch (node.kind) {
    case ValueKind::floating: return looks;
    case ValueKind::integer: value = static_cast<double>(node.integer); break;
    case ValueKind::big_integer:
    case ValueKind::string: value = ruby_float(tree_.text(looks)); break;
    default:
      crash(span(event.outer_begin, event.end), "`!!float` stands on something that is no number");
      return kNoNode;
  }
  if (!value) {
    fail(invalid_number(span(event.begin, event.end), event.value));
    return kNoNode;
  }
  node.kind = ValueKind::floating;
  node.floating = *value;
  return tree_.add(node);
}

}  // namespace willrun::yaml
