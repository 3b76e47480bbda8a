// One expression, once: for callers that meet an expression a single time, as rules of inputs do.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include <willrun/options.hpp>

#include "expr/syntax_error.hpp"
#include "machine/operand.hpp"

namespace willrun::machine {

class ExpressionPool;

// Where names are looked up. Each is called once for each distinct name; null is undefined or missing. What an operand
// points to must outlive the result. An empty function knows no name.
struct Names {
  std::function<Operand(std::string_view)> variable;
  std::function<Operand(std::string_view)> input;
};

struct TextEvaluation {
  Operand value;  // null when there is an error
  bool truthful = false;
  // The expression is refused (`crashed` false), or GitLab itself fails on it (`crashed` true).
  std::optional<expr::SyntaxError> error;
  bool crashed = false;
  // Keeps what `value` points to.
  std::shared_ptr<const ExpressionPool> store;
};

TextEvaluation evaluate_text(std::string_view text, const Names& names, const Limits& limits = {});

}  // namespace willrun::machine
