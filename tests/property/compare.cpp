#include "property/compare.hpp"

#include "expr/parser.hpp"
#include "machine/evaluate.hpp"
#include "ruby/print.hpp"

namespace willrun::reference {

namespace {

using NameOf = std::string_view (machine::ExpressionPool::*)(std::uint32_t) const;

std::vector<machine::Operand> slots(const machine::ExpressionPool& pool, std::size_t count, NameOf name_of,
                                    const std::map<std::string, Value, std::less<>>& values, yaml::Tree& tree) {
  std::vector<machine::Operand> made(count);
  for (std::uint32_t slot = 0; slot < count; ++slot) {
    const auto known = values.find((pool.*name_of)(slot));
    if (known != values.end()) made[slot] = machine::Operand::of(tree, yaml::add_value(tree, known->second, {}));
  }
  return made;
}

Result by_machine(machine::ExpressionPool& pool, std::string_view text, const Scope& scope,
                  machine::PatternCache& cache) {
  Result result;
  const auto added = pool.add(text);
  if (const auto* error = std::get_if<expr::SyntaxError>(&added)) {
    result.invalid_pattern = error->kind == expr::SyntaxErrorKind::invalid_pattern;
    return result;
  }
  yaml::Tree tree;
  const auto variables =
      slots(pool, pool.variable_count(), &machine::ExpressionPool::variable_name, scope.variables, tree);
  const auto inputs = slots(pool, pool.input_count(), &machine::ExpressionPool::input_name, scope.inputs, tree);
  const auto evaluation = machine::evaluate(pool, std::get<machine::ExpressionId>(added), {variables, inputs}, cache);
  result.crashed = evaluation.crashed();
  result.value = machine::to_value(evaluation.value);
  if (machine::truthful(evaluation.value) != present(result.value))
    throw std::logic_error("truthful differs from present");
  return result;
}

std::string show(const Result& result) {
  if (result.invalid_pattern) return "invalid pattern";
  if (result.crashed) return "crash";
  if (result.value.kind() == ValueKind::regexp) return "regexp " + result.value.text();
  return ruby::inspect(result.value);
}

}  // namespace

std::string difference(machine::ExpressionPool& pool, std::string_view text, const Scope& scope,
                       machine::PatternCache& cache) {
  const expr::Parsed parsed = expr::parse(text);
  const Result machine = by_machine(pool, text, scope, cache);
  if (parsed.error) return {};
  const Result reference = evaluate(parsed.tree, text, scope);
  if (machine == reference) return {};
  return std::string(text) + ": machine " + show(machine) + ", reference " + show(reference);
}

}  // namespace willrun::reference
