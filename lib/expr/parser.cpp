#include "expr/parser.hpp"

namespace willrun::expr {

namespace {

// How tightly an operator binds; a smaller number binds tighter.
int precedence(TokenKind kind) {
  switch (kind) {
    case TokenKind::logical_not: return 0;
    case TokenKind::logical_and: return 2;
    case TokenKind::logical_or: return 3;
    default: return 1;
  }
}

class Parser {
 public:
  Parser(std::string_view text, std::span<const Token> tokens) : text_(text), tokens_(tokens) {}

  Parsed run() {
    // GitLab orders all tokens before it builds anything, so an unmatched `)` comes before every other error.
    if (order()) build();
    return std::move(parsed_);
  }

 private:
  // Tokens in the order in which they are built; false when a `)` has no `(`.
  bool order() {
    order_.reserve(tokens_.size());
    for (const Token& token : tokens_) {
      if (is_operand(token.kind)) {
        order_.push_back(&token);
      } else if (token.kind == TokenKind::parenthesis_close) {
        if (!close(token)) return false;
      } else {
        if (is_binary(token.kind)) release(token.kind);
        waiting_.push_back(&token);
      }
    }
    for (; !waiting_.empty(); waiting_.pop_back()) order_.push_back(waiting_.back());
    return true;
  }

  void release(TokenKind arriving) {
    while (!waiting_.empty() && waiting_.back()->kind != TokenKind::parenthesis_open &&
           precedence(waiting_.back()->kind) <= precedence(arriving)) {
      order_.push_back(waiting_.back());
      waiting_.pop_back();
    }
  }

  bool close(const Token& parenthesis) {
    while (!waiting_.empty() && waiting_.back()->kind != TokenKind::parenthesis_open) {
      order_.push_back(waiting_.back());
      waiting_.pop_back();
    }
    if (waiting_.empty()) {
      fail(SyntaxErrorKind::unmatched_parenthesis, parenthesis, "found ')' without its '('");
      return false;
    }
    waiting_.pop_back();
    return true;
  }

  void build() {
    parsed_.tree.nodes.reserve(order_.size());
    for (const Token* token : order_) {
      if (!add(*token)) return;
    }
    if (results_.size() == 1) return;
    if (results_.empty())
      return fail(SyntaxErrorKind::empty_tree, tokens_.front(), "found parentheses with nothing in them");
    const Node& extra = parsed_.tree.nodes[results_.back()];
    fail(SyntaxErrorKind::left_over_operand, Token{extra.kind, extra.range, {}},
         "found an operand that no operator takes, expected one of ==, !=, =~, !~, && and || between operands");
  }

  bool add(const Token& token) {
    Node node;
    node.kind = token.kind;
    node.range = token.range;
    if (is_operand(token.kind)) {
      node.content = token.content;
    } else if (!take_children(token, node)) {
      return false;
    }
    results_.push_back(static_cast<NodeIndex>(parsed_.tree.nodes.size()));
    parsed_.tree.nodes.push_back(node);
    return true;
  }

  bool take_children(const Token& token, Node& node) {
    const std::size_t wanted = token.kind == TokenKind::logical_not ? 1 : 2;
    if (token.kind == TokenKind::parenthesis_open) {
      fail(SyntaxErrorKind::open_parenthesis, token, "found '(' without its ')'");
      return false;
    }
    if (results_.size() < wanted) {
      const auto kind = wanted == 1 ? SyntaxErrorKind::missing_not_operand : SyntaxErrorKind::missing_operand;
      fail(kind, token, "found " + quoted(token.range.of(text_)) + " with too few operands");
      return false;
    }
    node.children = {wanted == 2 ? results_[results_.size() - 2] : 0, results_.back()};
    results_.resize(results_.size() - wanted);
    return true;
  }

  // The strict grammar knows better where a reader would mend the text.
  void fail(SyntaxErrorKind kind, const Token& token, std::string message) {
    parsed_.error = SyntaxError{kind, token.range, std::move(message), {}};
    if (kind == SyntaxErrorKind::unmatched_parenthesis || kind == SyntaxErrorKind::open_parenthesis) return;
    if (auto oddity = first_oddity(text_, tokens_)) {
      parsed_.error->range = oddity->range;
      parsed_.error->message = std::move(oddity->message);
    }
  }

  std::string_view text_;
  std::span<const Token> tokens_;
  std::vector<const Token*> order_;
  std::vector<const Token*> waiting_;
  std::vector<NodeIndex> results_;
  Parsed parsed_;
};

}  // namespace

Parsed parse(std::string_view text, std::span<const Token> tokens) {
  if (!tokens.empty()) return Parser(text, tokens).run();
  const Range all{0, static_cast<std::uint32_t>(text.size())};
  return {{}, SyntaxError{SyntaxErrorKind::blank, all, "found nothing, expected an expression", {}}};
}

Parsed parse(std::string_view text, const Limits& limits) {
  Lexed lexed = tokenize(text, limits);
  if (lexed.error) return {{}, std::move(lexed.error)};
  return parse(text, lexed.tokens);
}

}  // namespace willrun::expr
