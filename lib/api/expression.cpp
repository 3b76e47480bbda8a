#include <willrun/expression.hpp>

#include "expr/parser.hpp"
#include "machine/evaluate.hpp"
#include "machine/program.hpp"

namespace willrun {

namespace {

Span span_of(expr::Range range) { return {FileId{}, range.begin, range.end}; }

std::vector<ExpressionToken> public_tokens(const std::vector<expr::Token>& tokens) {
  std::vector<ExpressionToken> made;
  made.reserve(tokens.size());
  for (const expr::Token& token : tokens) made.push_back({name(token.kind), token.range.begin, token.range.end});
  return made;
}

}  // namespace

struct Expression::Parts {
  Parts(std::string given, const Limits& given_limits)
      : text(std::move(given)), limits(given_limits), pool(given_limits) {}

  std::string text;
  Limits limits;
  std::vector<expr::Token> tokens;
  std::optional<std::vector<ExpressionToken>> shown_tokens;
  expr::Tree tree;
  std::optional<Diagnostic> error;
  machine::ExpressionPool pool;
  machine::ExpressionId id{};
};

Expression::Expression(std::string text, const Limits& limits) {
  auto parts = std::make_unique<Parts>(std::move(text), limits);
  expr::Lexed lexed = expr::tokenize(parts->text, limits);
  expr::Parsed parsed{{}, std::move(lexed.error)};
  if (!parsed.error) {
    parts->shown_tokens = public_tokens(lexed.tokens);
    parsed = expr::parse(parts->text, lexed.tokens);
  }
  const auto added = parts->pool.add(parts->text, parsed);
  if (const auto* error = std::get_if<expr::SyntaxError>(&added)) {
    parts->error = diagnostic(*error, span_of(error->range));
  } else {
    parts->id = std::get<machine::ExpressionId>(added);
  }
  parts->tokens = std::move(lexed.tokens);
  parts->tree = std::move(parsed.tree);
  parts_ = std::move(parts);
}

Expression::~Expression() = default;
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;

const std::string& Expression::text() const { return parts_->text; }

const Diagnostic* Expression::error() const { return parts_->error ? &*parts_->error : nullptr; }

const std::optional<std::vector<ExpressionToken>>& Expression::tokens() const { return parts_->shown_tokens; }

std::string Expression::tree() const { return parts_->error ? std::string() : expr::print(parts_->tree, parts_->text); }

std::optional<Diagnostic> Expression::oddity() const {
  if (parts_->error) return std::nullopt;
  auto oddity = expr::first_oddity(parts_->text, parts_->tokens);
  if (!oddity) return std::nullopt;
  expr::SyntaxError found{expr::SyntaxErrorKind::oddity, oddity->range, std::move(oddity->message), {}};
  Diagnostic made = diagnostic(found, span_of(found.range));
  made.severity = Severity::note;
  return made;
}

std::vector<std::string> Expression::input_names() const {
  if (parts_->error) return {};
  const auto names = parts_->tree.input_names(parts_->text);
  return {names.begin(), names.end()};
}

ExpressionResult Expression::evaluate(const Variables& variables, const Value* inputs) const {
  ExpressionResult result;
  result.error = parts_->error;
  if (result.error) return result;

  const machine::ExpressionPool& pool = parts_->pool;
  yaml::Tree tree;
  const yaml::NodeId map = inputs != nullptr ? yaml::add_value(tree, *inputs, {}) : yaml::kNoNode;
  std::vector<machine::Operand> variable_slots(pool.variable_count());
  for (std::uint32_t slot = 0; slot < variable_slots.size(); ++slot) {
    const auto found = variables.find(pool.variable_name(slot));
    if (found != variables.end()) variable_slots[slot] = machine::Operand::of(std::string_view(found->second));
    if (inputs != nullptr && pool.variable_name(slot) == "inputs")
      variable_slots[slot] = machine::Operand::of(tree, map);
  }
  std::vector<machine::Operand> input_slots(pool.input_count());
  for (std::uint32_t slot = 0; slot < input_slots.size() && inputs != nullptr; ++slot) {
    const yaml::NodeId value = tree.find(map, pool.input_name(slot));
    if (value != yaml::kNoNode) input_slots[slot] = machine::Operand::of(tree, value);
  }

  machine::PatternCache cache(parts_->limits.pattern_cache);
  const auto evaluation = machine::evaluate(pool, parts_->id, {variable_slots, input_slots}, cache);
  if (evaluation.crashed()) {
    const expr::SyntaxError crash = machine::explain_crash(pool, parts_->id, evaluation);
    result.error = diagnostic(crash, span_of(crash.range));
    result.crashed = true;
    return result;
  }
  result.value = machine::to_value(evaluation.value);
  result.truthful = machine::truthful(evaluation.value);
  return result;
}

}  // namespace willrun
