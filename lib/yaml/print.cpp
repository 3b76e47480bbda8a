#include "yaml/print.hpp"

#include <fmt/format.h>

namespace willrun::yaml {

namespace {

std::string_view kind_name(ValueKind kind) {
  switch (kind) {
    case ValueKind::null: return "null";
    case ValueKind::boolean: return "boolean";
    case ValueKind::integer: return "integer";
    case ValueKind::big_integer: return "big-integer";
    case ValueKind::floating: return "float";
    case ValueKind::big_decimal: return "big-decimal";
    case ValueKind::string: return "string";
    case ValueKind::symbol: return "symbol";
    case ValueKind::regexp: return "regexp";
    case ValueKind::sequence: return "sequence";
    case ValueKind::mapping: return "mapping";
    case ValueKind::reference: return "reference";
  }
  return {};
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '\r': out += "\\r"; break;
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\x{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
          out += c;
        }
    }
  }
  out += '"';
  return out;
}

class Printer {
 public:
  Printer(const Tree& tree, const SourceFiles& files) : tree_(tree), files_(files) {}

  void print(NodeId id, std::size_t depth, std::string_view mark) {
    const Span span = tree_.span(id);
    const LineColumn begin = files_.locate(span.file, span.begin);
    const LineColumn end = files_.locate(span.file, span.end);
    out_ += fmt::format("{:{}}{}{} {}:{}-{}:{}{}\n", "", depth * 2, mark, kind_name(tree_.kind(id)), begin.line,
                        begin.column, end.line, end.column, value(id));
    for (const NodeId item : tree_.items(id)) print(item, depth + 1, {});
    for (const Entry& entry : tree_.entries(id)) {
      print(entry.key, depth + 1, {});
      print(entry.value, depth + 1, "= ");
    }
  }

  std::string take() { return std::move(out_); }

 private:
  std::string value(NodeId id) const {
    const Node& node = tree_[id];
    switch (node.kind) {
      case ValueKind::null: return {};
      case ValueKind::boolean: return node.boolean ? " true" : " false";
      case ValueKind::integer: return fmt::format(" {}", node.integer);
      case ValueKind::floating: return fmt::format(" {}", node.floating);
      case ValueKind::sequence:
      case ValueKind::mapping:
      case ValueKind::reference: return {};
      case ValueKind::string:
      case ValueKind::symbol: return fmt::format(" {}", quoted(tree_.text(id)));
      default: return fmt::format(" {}", tree_.text(id));
    }
  }

  const Tree& tree_;
  const SourceFiles& files_;
  std::string out_;
};

}  // namespace

std::string print(const Tree& tree, const SourceFiles& files, NodeId root) {
  Printer printer(tree, files);
  printer.print(root, 0, {});
  return printer.take();
}

}  // namespace willrun::yaml
