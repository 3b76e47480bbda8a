#include "machine/evaluate.hpp"

#include "machine/spell.hpp"

namespace willrun::machine {

namespace {

bool search(const Regex& regex, const Operand& text) {
  if (text.kind() == OperandKind::string) return regex.search(text.string());
  if (text.is_null()) return regex.search({});
  return regex.search(spell(text));
}

bool is_substring(const Operand& part, std::string_view whole) {
  if (part.kind() == OperandKind::string) return whole.find(part.string()) != std::string_view::npos;
  if (part.is_null()) return true;
  return whole.find(spell(part)) != std::string_view::npos;
}

// What `=~` gives on its right side:
//   1. null or false: false;
//   2. a regex: whether it is found in the left side as Ruby prints it;
//   3. a string that holds a pattern RE2 takes: likewise;
//   4. any other string: whether it contains the left side (GitLab asks the right side to scan for the left);
//   5. anything else: GitLab fails.
bool matches(const Operand& left, const Operand& right, PatternCache& cache, Crash& crash) {
  if (!right.truthy()) return false;
  if (right.kind() == OperandKind::regex) return search(right.regex(), left);
  if (right.kind() != OperandKind::string) {
    crash = Crash::not_a_pattern;
    return false;
  }
  const Regex* regex = cache.find(right.string());
  return regex != nullptr ? search(*regex, left) : is_substring(left, right.string());
}

// Whether Ruby's `left == regex` ends in the regex's own `==`, which fails on anything but a regex: its own, of course,
// and those of integers and floats, which ask the other side about what they do not know.
bool asks_the_regex(const Operand& left) {
  switch (left.kind()) {
    case OperandKind::integer:
    case OperandKind::floating: return true;
    case OperandKind::node: return left.tree().kind(left.node()) == ValueKind::big_integer;
    default: return false;
  }
}

bool equals(const Operand& left, const Operand& right, Crash& crash) {
  // Nearly every comparison of a rule.
  if (left.kind() == OperandKind::string && right.kind() == OperandKind::string) return left.string() == right.string();
  const bool left_regex = left.kind() == OperandKind::regex;
  const bool right_regex = right.kind() == OperandKind::regex;
  if (left_regex != right_regex && (left_regex || asks_the_regex(left))) crash = Crash::regex_compared;
  return crash == Crash::none && equal(left, right);
}

std::string_view kind_name(const Operand& operand) {
  switch (operand.kind()) {
    case OperandKind::null: return "null";
    case OperandKind::boolean: return "a boolean";
    case OperandKind::string: return "a string";
    case OperandKind::regex: return "a pattern";
    case OperandKind::node: break;
    default: return "a number";
  }
  const ValueKind kind = operand.tree().kind(operand.node());
  if (kind == ValueKind::sequence) return "a list";
  return kind == ValueKind::mapping ? "a map" : "no text";
}

}  // namespace

Evaluation evaluate(const ExpressionPool& pool, ExpressionId id, const Slots& slots, PatternCache& cache) {
  // Every scratch place is written before it is read, so none needs a value at the start.
  alignas(Operand) std::byte store[kScratchPlaces * sizeof(Operand)];
  auto* scratch = reinterpret_cast<Operand*>(store);
  const Operand* places[] = {slots.variables.data(), slots.inputs.data(), pool.constants().data(), scratch};
  const Instruction* const code = pool.code(id).data();
  Crash crash = Crash::none;
  for (const Instruction* at = code;; ++at) {
    const Operand& a = places[static_cast<std::size_t>(at->a_place)][at->a];
    const auto b = [&]() -> const Operand& { return places[static_cast<std::size_t>(at->b_place)][at->b]; };
    switch (at->operation) {
      case Operation::move: scratch[at->target] = a; continue;
      case Operation::negate: scratch[at->target] = Operand::of(!truthful(a)); continue;
      case Operation::jump_if_falsy:
        if (!a.truthy()) at = code + at->b - 1;
        continue;
      case Operation::jump_if_truthy:
        if (a.truthy()) at = code + at->b - 1;
        continue;
      case Operation::equals: scratch[at->target] = Operand::of(equals(a, b(), crash)); break;
      case Operation::not_equals: scratch[at->target] = Operand::of(!equals(a, b(), crash)); break;
      case Operation::matches: scratch[at->target] = Operand::of(matches(a, b(), cache, crash)); break;
      case Operation::not_matches: scratch[at->target] = Operand::of(!matches(a, b(), cache, crash)); break;
      case Operation::finish: return {a, Crash::none, 0, {}};
    }
    if (crash != Crash::none) {
      const Operand& odd = b().kind() == OperandKind::regex ? a : b();
      return {{}, crash, static_cast<std::uint32_t>(at - code), kind_name(odd)};
    }
  }
}

expr::SyntaxError explain_crash(const ExpressionPool& pool, ExpressionId id, const Evaluation& evaluation) {
  const expr::Range range = pool.range(id, evaluation.instruction);
  const std::string sign = expr::quoted(range.of(pool.text(id)));
  const std::string other(evaluation.found);
  expr::SyntaxError error{expr::SyntaxErrorKind::crash, range, {}, {}};
  if (evaluation.crash == Crash::regex_compared) {
    error.message = "found " + sign + " between a pattern and " + other;
    error.help = "write =~ to match a pattern";
  } else {
    error.message = "found " + other + " after " + sign + ", expected a pattern or a string";
  }
  error.message += "; GitLab itself fails here";
  return error;
}

}  // namespace willrun::machine
