#include "ruby/print.hpp"

#include <fmt/format.h>

namespace willrun::ruby {

namespace {

using yaml::Entry;
using yaml::NodeId;
using yaml::Tree;

class Printer {
 public:
  Printer(const Tree& tree, Keys keys) : tree_(tree), keys_(keys) {}

  void print(NodeId id) {
    const yaml::Node& node = tree_[id];
    switch (node.kind) {
      case ValueKind::null: out_ += "nil"; break;
      case ValueKind::boolean: out_ += node.boolean ? "true" : "false"; break;
      case ValueKind::integer: out_ += fmt::format_int(node.integer).c_str(); break;
      case ValueKind::floating: out_ += float_text(node.floating); break;
      case ValueKind::big_decimal: out_ += inspect_decimal(tree_.text(id)); break;
      case ValueKind::string: out_ += inspect_string(tree_.text(id)); break;
      case ValueKind::symbol: out_ += inspect_symbol(tree_.text(id)); break;
      case ValueKind::sequence: print_items(id); break;
      case ValueKind::mapping: print_pairs(id); break;
      case ValueKind::reference: print_reference(id); break;
      default: out_ += tree_.text(id);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void print_items(NodeId id) {
    out_ += '[';
    bool is_first = true;
    for (const NodeId item : tree_.items(id)) {
      if (!std::exchange(is_first, false)) out_ += ", ";
      print(item);
    }
    out_ += ']';
  }

  void print_pairs(NodeId id) {
    out_ += '{';
    bool is_first = true;
    for (const Entry& entry : tree_.entries(id)) {
      if (!std::exchange(is_first, false)) out_ += ", ";
      print_key(entry.key);
      out_ += "=>";
      print(entry.value);
    }
    out_ += '}';
  }

  void print_key(NodeId key) {
    if (keys_ == Keys::symbols && tree_.is_string(key)) {
      out_ += inspect_symbol(tree_.text(key));
      return;
    }
    const Keys outer = std::exchange(keys_, Keys::written);
    print(key);
    keys_ = outer;
  }

  // A reference keeps its target as the text has it.
  void print_reference(NodeId id) {
    out_ += "!reference ";
    const Keys outer = std::exchange(keys_, Keys::written);
    print(tree_.items(id).front());
    keys_ = outer;
  }

  const Tree& tree_;
  Keys keys_;
  std::string out_;
};

}  // namespace

std::string inspect(const Tree& tree, NodeId node, Keys keys) {
  Printer printer(tree, keys);
  printer.print(node);
  return printer.take();
}

std::string to_s(const Tree& tree, NodeId node, Keys keys) {
  switch (tree.kind(node)) {
    case ValueKind::null: return {};
    case ValueKind::string:
    case ValueKind::symbol:
    case ValueKind::big_decimal: return std::string(tree.text(node));
    default: return inspect(tree, node, keys);
  }
}

std::string inspect(const Value& value) {
  Tree tree;
  return inspect(tree, yaml::add_value(tree, value, {}));
}

std::string to_s(const Value& value) {
  Tree tree;
  return to_s(tree, yaml::add_value(tree, value, {}));
}

}  // namespace willrun::ruby
