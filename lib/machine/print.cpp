#include "machine/print.hpp"

#include <fmt/format.h>

namespace willrun::machine {

namespace {

std::string constant(const Operand& value) {
  switch (value.kind()) {
    case OperandKind::null: return "null";
    case OperandKind::boolean: return value.boolean() ? "true" : "false";
    case OperandKind::string: return fmt::format("\"{}\"", value.string());
    case OperandKind::regex: return fmt::format("/{}/", value.regex().source());
    default: return "?";
  }
}

std::string place(const ExpressionPool& pool, Place place, std::uint32_t index) {
  switch (place) {
    case Place::variable: return fmt::format("${}", pool.variable_name(index));
    case Place::input: return fmt::format("$[[ inputs.{} ]]", pool.input_name(index));
    case Place::constant: return constant(pool.constants()[index]);
    case Place::scratch: return fmt::format("t{}", index);
  }
  return {};
}

std::string_view sign(Operation operation) {
  switch (operation) {
    case Operation::equals: return "==";
    case Operation::not_equals: return "!=";
    case Operation::matches: return "=~";
    case Operation::not_matches: return "!~";
    default: return "";
  }
}

std::string line(const ExpressionPool& pool, const Instruction& instruction) {
  const std::string a = place(pool, instruction.a_place, instruction.a);
  switch (instruction.operation) {
    case Operation::move: return fmt::format("t{} = {}", instruction.target, a);
    case Operation::negate: return fmt::format("t{} = !{}", instruction.target, a);
    case Operation::jump_if_falsy: return fmt::format("unless {} go to {}", a, instruction.b);
    case Operation::jump_if_truthy: return fmt::format("if {} go to {}", a, instruction.b);
    case Operation::finish: return fmt::format("result {}", a);
    default:
      return fmt::format("t{} = {} {} {}", instruction.target, a, sign(instruction.operation),
                         place(pool, instruction.b_place, instruction.b));
  }
}

}  // namespace

std::string print(const ExpressionPool& pool, ExpressionId id, std::string_view indent) {
  std::string out;
  std::size_t index = 0;
  for (const Instruction& instruction : pool.code(id)) {
    out += fmt::format("{}{} {}\n", indent, index++, line(pool, instruction));
  }
  return out;
}

}  // namespace willrun::machine
