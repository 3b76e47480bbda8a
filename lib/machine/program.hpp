// Compiled expressions: all of one configuration in one pool, as short instructions over dense slots.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <willrun/options.hpp>

#include "base/interner.hpp"
#include "expr/tree.hpp"
#include "machine/operand.hpp"
#include "machine/pattern_cache.hpp"
#include "machine/regex.hpp"

namespace willrun::machine {

enum class ExpressionId : std::uint32_t {};

enum class Operation : std::uint8_t {
  move,  // target = a
  negate,
  equals,
  not_equals,
  matches,
  not_matches,
  jump_if_falsy,   // to instruction `b` when `a` is null or false
  jump_if_truthy,  // to instruction `b` when it is not
  finish,          // the result is `a`
};

// More can only be set by a limit of tokens far over GitLab's.
inline constexpr std::uint32_t kScratchPlaces = 64;

// Where an instruction takes a value from.
enum class Place : std::uint8_t { variable, input, constant, scratch };

// 12 bytes, one for each operator.
struct Instruction {
  Operation operation = Operation::finish;
  std::uint8_t target = 0;  // a scratch index
  Place a_place = Place::constant;
  Place b_place = Place::constant;
  std::uint32_t a = 0;  // slot or index in its place
  std::uint32_t b = 0;  // likewise; of a jump the instruction to go to
};
static_assert(sizeof(Instruction) == 12 && std::is_trivially_copyable_v<Instruction>);

// All expressions of one configuration: names are slots, texts and patterns are stored once however often they are
// used. Built by one thread; when it is built it is immutable and any number of threads may evaluate from it.
class ExpressionPool {
 public:
  explicit ExpressionPool(const Limits& limits = {}) : limits_(limits) {}
  ExpressionPool(const ExpressionPool&) = delete;  // Constants point into the pool's own store.
  ExpressionPool& operator=(const ExpressionPool&) = delete;
  ExpressionPool(ExpressionPool&&) = default;
  ExpressionPool& operator=(ExpressionPool&&) = default;

  using Added = std::variant<ExpressionId, expr::SyntaxError>;
  // Parses and compiles; an expression that the pool already has keeps its id. The text need not outlive the call.
  Added add(std::string_view text);
  // Compiles what was parsed before. `parsed.error` is reported, unless GitLab would meet an invalid pattern first.
  Added add(std::string_view text, const expr::Parsed& parsed);

  // Names of variables and inputs by slot. The spans given to evaluate() have as many elements, null for undefined.
  std::size_t variable_count() const { return variables_.size(); }
  std::string_view variable_name(std::uint32_t slot) const { return variables_.text(slot); }
  std::optional<std::uint32_t> variable_slot(std::string_view name) const { return variables_.find(name); }
  std::size_t input_count() const { return inputs_.size(); }
  std::string_view input_name(std::uint32_t slot) const { return inputs_.text(slot); }
  std::optional<std::uint32_t> input_slot(std::string_view name) const { return inputs_.find(name); }

  std::size_t size() const { return expressions_.size(); }
  // The expression with this text, when it was added.
  std::optional<ExpressionId> find(std::string_view text) const;
  // The expression as written.
  std::string_view text(ExpressionId id) const { return texts_.text(static_cast<std::uint32_t>(id)); }
  // The distinct variable and input slots that the expression reads, ascending: without a change in them its value
  // stays.
  std::span<const std::uint32_t> slots_read(ExpressionId id) const;
  std::span<const std::uint32_t> inputs_read(ExpressionId id) const;

  // For evaluate() and dumps.
  std::span<const Instruction> code(ExpressionId id) const;
  std::span<const Operand> constants() const { return constants_; }
  // The operator's place in the expression, by its position in code().
  expr::Range range(ExpressionId id, std::uint32_t instruction) const;

 private:
  friend class Compiler;
  struct Expression {
    std::uint32_t code_begin, code_end;
    std::uint32_t reads_begin, inputs_begin, reads_end;
  };

  std::uint32_t string_constant(std::string_view text);
  // Why RE2 refuses the literal; nothing when it is in the pool now.
  std::optional<std::string> add_pattern(std::string_view literal);
  std::optional<expr::SyntaxError> add_patterns(std::string_view text, const expr::Tree& tree);

  Limits limits_;
  Interner variables_, inputs_;
  Interner texts_;                                                       // of expressions, by ExpressionId
  Interner strings_;                                                     // constants
  std::deque<Regex> regexes_;                                            // never move: operands point to them
  std::map<std::string, std::uint32_t, std::less<>> pattern_constants_;  // by the literal as written
  std::vector<std::uint32_t> constant_of_string_;                        // by number in strings_
  std::vector<Operand> constants_{Operand(), Operand::of(false), Operand::of(true)};
  std::vector<Instruction> code_;
  std::vector<expr::Range> ranges_;  // parallel to code_, read only when something is to be said
  std::vector<std::uint32_t> reads_;
  std::vector<Expression> expressions_;
};

}  // namespace willrun::machine
