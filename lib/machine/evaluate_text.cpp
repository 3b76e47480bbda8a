#include "machine/evaluate_text.hpp"

#include "machine/evaluate.hpp"
#include "machine/program.hpp"

namespace willrun::machine {

namespace {

using NameOf = std::string_view (ExpressionPool::*)(std::uint32_t) const;

std::vector<Operand> look_up(const ExpressionPool& pool, std::size_t count, NameOf name_of,
                             const std::function<Operand(std::string_view)>& value_of) {
  std::vector<Operand> values(count);
  if (!value_of) return values;
  for (std::uint32_t slot = 0; slot < count; ++slot) values[slot] = value_of((pool.*name_of)(slot));
  return values;
}

}  // namespace

TextEvaluation evaluate_text(std::string_view text, const Names& names, const Limits& limits) {
  TextEvaluation result;
  auto pool = std::make_shared<ExpressionPool>(limits);
  auto added = pool->add(text);
  if (auto* error = std::get_if<expr::SyntaxError>(&added)) {
    result.error = std::move(*error);
    return result;
  }
  const auto id = std::get<ExpressionId>(added);
  const auto variables = look_up(*pool, pool->variable_count(), &ExpressionPool::variable_name, names.variable);
  const auto inputs = look_up(*pool, pool->input_count(), &ExpressionPool::input_name, names.input);
  PatternCache cache(limits.pattern_cache);
  const Evaluation evaluation = evaluate(*pool, id, {variables, inputs}, cache);
  result.crashed = evaluation.crashed();
  if (result.crashed) result.error = explain_crash(*pool, id, evaluation);
  result.value = evaluation.value;
  result.truthful = truthful(evaluation.value);
  result.store = std::move(pool);
  return result;
}

}  // namespace willrun::machine
