// One `rules:if` expression by itself: its tokens, its tree, and its value for given variables. For tools that show or
// try an expression; a loaded configuration evaluates its own rules without this.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>
#include <willrun/value.hpp>

namespace willrun {

// A lexeme. `name` is GitLab's in lower case (`variable`, `notequals`, `parenthesisopen`, ...); `begin` and `end` are
// bytes in the expression.
struct ExpressionToken {
  std::string_view name;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// What an expression gives.
struct ExpressionResult {
  Value value;            // null when there is an error; ValueKind::regexp for a bare pattern
  bool truthful = false;  // a rule with this `if` applies: the value is not null, false, empty or white space
  // The expression is refused, or GitLab itself fails on it with these values (a 500). Its span is relative to the text
  // of the expression, with file 0.
  std::optional<Diagnostic> error;
  bool crashed = false;  // `error` is of the second kind
};

// A compiled expression. GitLab's acceptance and GitLab's values, quirks included.
//
// Any bytes are accepted as text; what GitLab refuses is reported by error(). Movable, not copyable.
// Threads: immutable; const members may be called concurrently.
class Expression {
 public:
  using Variables = std::map<std::string, std::string, std::less<>>;

  explicit Expression(std::string text, const Limits& limits = {});
  ~Expression();
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;

  const std::string& text() const;

  // Why GitLab refuses the expression whatever the variables are; null pointer when it does not. Span as in
  // ExpressionResult::error.
  const Diagnostic* error() const;

  // The tokens in order; nothing when some part of the text is no token or there are too many.
  const std::optional<std::vector<ExpressionToken>>& tokens() const;

  // The tree as an S-expression, `(and (equals $A "b") (not $C))`; empty when there is an error.
  std::string tree() const;

  // Where the expression leaves the strict grammar although GitLab accepts it (`$A (== "a")`): a note that says what
  // was found and what a reader expects. Nothing when it is as it should be, or has an error.
  std::optional<Diagnostic> oddity() const;

  // Distinct names of `$[[ inputs.NAME ]]` in order of first use, as GitLab collects them: what stands below a `!` is
  // not among them. Empty when there is an error.
  std::vector<std::string> input_names() const;

  // The value. A variable that is not given is null. `inputs` is a mapping of input names to values, or absent; a
  // missing input is null, and with `inputs` the variable `$inputs` is the whole mapping, as in rules of inputs.
  ExpressionResult evaluate(const Variables& variables = {}, const Value* inputs = nullptr) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace willrun
