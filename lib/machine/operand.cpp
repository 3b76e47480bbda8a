#include "machine/operand.hpp"

#include "base/utf8.hpp"
#include "machine/regex.hpp"

namespace willrun::machine {

Operand Operand::of(const yaml::Tree& tree, yaml::NodeId id) {
  const yaml::Node& node = tree[id];
  switch (node.kind) {
    case ValueKind::null: return {};
    case ValueKind::boolean: return of(node.boolean);
    case ValueKind::integer: return of(node.integer);
    case ValueKind::floating: return of(node.floating);
    case ValueKind::string: return of(tree.text(id));
    default: break;
  }
  return Operand(OperandKind::node, Payload{.tree = &tree}, static_cast<std::uint32_t>(id));
}

namespace {

bool present(const yaml::Tree& tree, yaml::NodeId id) {
  switch (tree.kind(id)) {
    case ValueKind::sequence:
    case ValueKind::mapping: return tree[id].size != 0;
    case ValueKind::symbol: return !tree.text(id).empty();  // white space in a symbol is not blank
    default: return true;
  }
}

}  // namespace

bool truthful(const Operand& operand) {
  switch (operand.kind()) {
    case OperandKind::null: return false;
    case OperandKind::boolean: return operand.boolean();
    case OperandKind::string: return !utf8::is_blank(operand.string());
    case OperandKind::node: return present(operand.tree(), operand.node());
    default: return true;
  }
}

Value to_value(const Operand& operand) {
  switch (operand.kind()) {
    case OperandKind::null: return {};
    case OperandKind::boolean: return operand.boolean();
    case OperandKind::string: return std::string(operand.string());
    case OperandKind::integer: return operand.integer();
    case OperandKind::floating: return operand.floating();
    case OperandKind::node: return yaml::to_value(operand.tree(), operand.node());
    case OperandKind::regex: break;
  }
  return Value::text(ValueKind::regexp, operand.regex().source());
}

}  // namespace willrun::machine
