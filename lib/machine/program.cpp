#include "machine/program.hpp"

namespace willrun::machine {

std::optional<ExpressionId> ExpressionPool::find(std::string_view text) const {
  const auto known = texts_.find(text);
  if (!known) return std::nullopt;
  return static_cast<ExpressionId>(*known);
}

std::span<const std::uint32_t> ExpressionPool::slots_read(ExpressionId id) const {
  const Expression& expression = expressions_[static_cast<std::size_t>(id)];
  return std::span(reads_).subspan(expression.reads_begin, expression.inputs_begin - expression.reads_begin);
}

std::span<const std::uint32_t> ExpressionPool::inputs_read(ExpressionId id) const {
  const Expression& expression = expressions_[static_cast<std::size_t>(id)];
  return std::span(reads_).subspan(expression.inputs_begin, expression.reads_end - expression.inputs_begin);
}

std::span<const Instruction> ExpressionPool::code(ExpressionId id) const {
  const Expression& expression = expressions_[static_cast<std::size_t>(id)];
  return std::span(code_).subspan(expression.code_begin, expression.code_end - expression.code_begin);
}

expr::Range ExpressionPool::range(ExpressionId id, std::uint32_t instruction) const {
  return ranges_[expressions_[static_cast<std::size_t>(id)].code_begin + instruction];
}

}  // namespace willrun::machine
