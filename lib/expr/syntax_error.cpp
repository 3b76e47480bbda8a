#include "expr/syntax_error.hpp"

#include "diag/codes.hpp"

namespace willrun::expr {

std::string_view gitlab_text(SyntaxErrorKind kind) {
  switch (kind) {
    case SyntaxErrorKind::blank: return "Gitlab::Ci::Pipeline::Expression::Statement::StatementError";
    case SyntaxErrorKind::unknown_lexeme: return "Unknown lexeme found!";
    case SyntaxErrorKind::too_many_tokens: return "Too many tokens!";
    case SyntaxErrorKind::unmatched_parenthesis: return "Unmatched parenthesis";
    case SyntaxErrorKind::open_parenthesis: return "Unprocessable token found in parse tree: parenthesis_open";
    case SyntaxErrorKind::missing_operand: return "Invalid left operand";
    case SyntaxErrorKind::missing_not_operand: return "Invalid operand";
    case SyntaxErrorKind::left_over_operand: return "Unreachable nodes in parse tree";
    case SyntaxErrorKind::empty_tree: return "Empty parse tree";
    case SyntaxErrorKind::invalid_pattern: return "Invalid regular expression!";
    case SyntaxErrorKind::too_deep:
    case SyntaxErrorKind::oddity:
    case SyntaxErrorKind::crash: break;
  }
  return {};
}

std::string quoted(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  out += '\'';
  out += text;
  out += '\'';
  return out;
}

Diagnostic diagnostic(const SyntaxError& error, Span span) {
  const bool is_regex = error.kind == SyntaxErrorKind::invalid_pattern;
  Diagnostic made = diag::make(is_regex ? diag::Code::expression_regex : diag::Code::expression_syntax, span,
                               error.message, std::string(gitlab_text(error.kind)));
  made.help = error.help;
  return made;
}

}  // namespace willrun::expr
