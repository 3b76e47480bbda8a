// GitLab's `==` over values of every kind: Ruby's own equality, and one coercion before it.
#include <cmath>
#include <cstdlib>

#include "machine/operand.hpp"
#include "machine/regex.hpp"

namespace willrun::machine {

namespace {

// Ruby's two equalities: `==` takes 1 and 1.0 for equal, `eql?` (keys of maps) does not.
enum class Strictness : std::uint8_t { value, key };

bool same(const Operand& a, const Operand& b, Strictness strictness);

// Exact: a double that is no whole number, or outside 64 bits, equals no integer.
bool integer_equals(std::int64_t integer, double floating) {
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  if (!(floating >= -kLimit && floating < kLimit) || std::trunc(floating) != floating) return false;
  return static_cast<std::int64_t>(floating) == integer;
}

bool same_items(const Operand& a, const Operand& b, Strictness strictness) {
  const auto left = a.tree().items(a.node());
  const auto right = b.tree().items(b.node());
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!same(Operand::of(a.tree(), left[i]), Operand::of(b.tree(), right[i]), strictness)) return false;
  }
  return true;
}

const yaml::Entry* find_entry(const yaml::Tree& tree, std::span<const yaml::Entry> entries, const Operand& key) {
  for (const yaml::Entry& entry : entries) {
    if (same(Operand::of(tree, entry.key), key, Strictness::key)) return &entry;
  }
  return nullptr;
}

bool same_pairs(const Operand& a, const Operand& b, Strictness strictness) {
  const auto left = a.tree().entries(a.node());
  const auto right = b.tree().entries(b.node());
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const Operand key = Operand::of(a.tree(), left[i].key);
    // Maps that are equal nearly always have the same order.
    const bool in_place = same(Operand::of(b.tree(), right[i].key), key, Strictness::key);
    const yaml::Entry* other = in_place ? &right[i] : find_entry(b.tree(), right, key);
    if (other == nullptr) return false;
    if (!same(Operand::of(a.tree(), left[i].value), Operand::of(b.tree(), other->value), strictness)) return false;
  }
  return true;
}

// Recursion is bounded as the tree is, by Limits::yaml_depth.
bool same_nodes(const Operand& a, const Operand& b, Strictness strictness) {
  if (&a.tree() == &b.tree() && a.node() == b.node()) return true;
  const ValueKind kind = a.tree().kind(a.node());
  if (kind != b.tree().kind(b.node())) return false;
  if (kind == ValueKind::sequence) return same_items(a, b, strictness);
  if (kind == ValueKind::mapping) return same_pairs(a, b, strictness);
  return a.tree().text(a.node()) == b.tree().text(b.node());
}

// A number outside 64 bits, or of more digits than a double has, beside a double.
bool long_number_equals(const Operand& node, double floating) {
  const ValueKind kind = node.tree().kind(node.node());
  if (kind != ValueKind::big_integer && kind != ValueKind::big_decimal) return false;
  return std::strtod(std::string(node.tree().text(node.node())).c_str(), nullptr) == floating;
}

bool same_numbers(const Operand& a, const Operand& b) {
  if (a.kind() == OperandKind::floating) {
    if (b.kind() == OperandKind::integer) return integer_equals(b.integer(), a.floating());
    return b.kind() == OperandKind::node && long_number_equals(b, a.floating());
  }
  if (b.kind() != OperandKind::floating) return false;
  if (a.kind() == OperandKind::integer) return integer_equals(a.integer(), b.floating());
  return a.kind() == OperandKind::node && long_number_equals(a, b.floating());
}

bool same(const Operand& a, const Operand& b, Strictness strictness) {
  if (a.kind() != b.kind()) return strictness == Strictness::value && same_numbers(a, b);
  switch (a.kind()) {
    case OperandKind::null: return true;
    case OperandKind::boolean: return a.boolean() == b.boolean();
    case OperandKind::string: return a.string() == b.string();
    case OperandKind::integer: return a.integer() == b.integer();
    case OperandKind::floating: return a.floating() == b.floating();
    case OperandKind::node: return same_nodes(a, b, strictness);
    case OperandKind::regex: break;
  }
  return a.regex().source() == b.regex().source();
}

std::string_view spelled(bool value) { return value ? "true" : "false"; }

}  // namespace

bool equal(const Operand& left, const Operand& right) {
  if (left.kind() == OperandKind::boolean && right.kind() == OperandKind::string) {
    return spelled(left.boolean()) == right.string();
  }
  if (left.kind() == OperandKind::string && right.kind() == OperandKind::boolean) {
    return spelled(right.boolean()) == left.string();
  }
  return same(left, right, Strictness::value);
}

}  // namespace willrun::machine
