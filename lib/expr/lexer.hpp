// From text to tokens, as GitLab's lexer takes them.
#pragma once

#include <optional>
#include <vector>

#include <willrun/options.hpp>

#include "expr/syntax_error.hpp"
#include "expr/token.hpp"

namespace willrun::expr {

struct Lexed {
  std::vector<Token> tokens;  // on an error those before it
  std::optional<SyntaxError> error;
};

// Splits `text`, which may hold any bytes and must be below 4 GiB. GitLab stops at Limits::expression_tokens tokens, so
// an unknown lexeme behind that many goes unnoticed; a blank text has no tokens and is no error here.
Lexed tokenize(std::string_view text, const Limits& limits = {});

// Why no lexeme starts at `offset`: message, help and the narrowest range. `before` is the token before it, if any.
SyntaxError explain_unknown(std::string_view text, std::uint32_t offset, const Token* before);

}  // namespace willrun::expr
