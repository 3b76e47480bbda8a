#include "expr/lexer.hpp"

#include "expression.hpp"

namespace willrun::expr {

namespace {

namespace grammar = willrun::grammar::expression;
namespace pegtl = tao::pegtl;
using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

// What the actions fill in for one lexeme.
struct Reading {
  const char* text;
  Token token;

  Range range(const char* begin, const char* end) const {
    return {static_cast<std::uint32_t>(begin - text), static_cast<std::uint32_t>(end - text)};
  }
};

template <class Rule>
struct Action : pegtl::nothing<Rule> {};

// Sets the token; the content is the token without `front` and `back` bytes.
template <TokenKind kind, int front = 0, int back = 0>
struct Take {
  template <class ActionInput>
  static void apply(const ActionInput& in, Reading& reading) {
    reading.token = {kind, reading.range(in.begin(), in.end()), reading.range(in.begin() + front, in.end() - back)};
  }
};

template <>
struct Action<grammar::variable> : Take<TokenKind::variable, 1> {};
template <>
struct Action<grammar::string> : Take<TokenKind::string, 1, 1> {};
template <>
struct Action<grammar::pattern> : Take<TokenKind::pattern> {};
template <>
struct Action<grammar::null> : Take<TokenKind::null> {};
template <>
struct Action<grammar::boolean> : Take<TokenKind::boolean> {};
template <>
struct Action<grammar::equals> : Take<TokenKind::equals> {};
template <>
struct Action<grammar::not_equals> : Take<TokenKind::not_equals> {};
template <>
struct Action<grammar::matches> : Take<TokenKind::matches> {};
template <>
struct Action<grammar::not_matches> : Take<TokenKind::not_matches> {};
template <>
struct Action<grammar::logical_and> : Take<TokenKind::logical_and> {};
template <>
struct Action<grammar::logical_or> : Take<TokenKind::logical_or> {};
template <>
struct Action<grammar::logical_not> : Take<TokenKind::logical_not> {};
template <>
struct Action<grammar::parenthesis_open> : Take<TokenKind::parenthesis_open> {};
template <>
struct Action<grammar::parenthesis_close> : Take<TokenKind::parenthesis_close> {};

template <>
struct Action<grammar::input_name> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Reading& reading) {
    reading.token.content = reading.range(in.begin(), in.end());
  }
};

template <>
struct Action<grammar::input> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Reading& reading) {
    reading.token.kind = TokenKind::input;
    reading.token.range = reading.range(in.begin(), in.end());
  }
};

SyntaxError too_many(Range range, std::uint32_t limit) {
  return {SyntaxErrorKind::too_many_tokens,
          range,
          "found token " + std::to_string(limit) + " of an expression, expected fewer than " + std::to_string(limit),
          {}};
}

}  // namespace

Lexed tokenize(std::string_view text, const Limits& limits) {
  Lexed lexed;
  Reading reading{text.data(), {}};
  Input in(text.data(), text.data() + text.size(), "");
  for (;;) {
    pegtl::parse<grammar::spaces>(in);
    if (in.empty()) return lexed;
    if (!pegtl::parse<grammar::lexeme, Action>(in, reading)) {
      lexed.error = explain_unknown(text, reading.range(in.current(), in.current()).begin,
                                    lexed.tokens.empty() ? nullptr : &lexed.tokens.back());
      return lexed;
    }
    lexed.tokens.push_back(reading.token);
    if (lexed.tokens.size() < limits.expression_tokens) continue;
    lexed.error = too_many(reading.token.range, limits.expression_tokens);
    return lexed;
  }
}

}  // namespace willrun::expr
