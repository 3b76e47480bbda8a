#include "machine/spell.hpp"

#include "ruby/print.hpp"

namespace willrun::machine {

std::string spell(const Operand& operand) {
  switch (operand.kind()) {
    case OperandKind::null: return {};
    case OperandKind::boolean: return operand.boolean() ? "true" : "false";
    case OperandKind::string: return std::string(operand.string());
    case OperandKind::integer: return std::to_string(operand.integer());
    case OperandKind::floating: return ruby::float_text(operand.floating());
    case OperandKind::node: return ruby::to_s(operand.tree(), operand.node());
    case OperandKind::regex: break;
  }
  // The object itself, which Ruby prints with an address that differs from run to run.
  return "#<Gitlab::UntrustedRegexp:0x00007f0000000000>";
}

}  // namespace willrun::machine
