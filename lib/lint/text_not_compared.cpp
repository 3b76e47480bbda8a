// Texts beside `&&` or `||` that were to be compared: `$A == "x" || "y"`, `$A == ("x" || "y")`.
#include "lint/text_not_compared.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "lint/check.hpp"
#include "lint/respell.hpp"

namespace willrun::lint {

namespace {

using expr::Node;
using expr::TokenKind;

bool is_text(TokenKind kind) { return kind == TokenKind::string || kind == TokenKind::pattern; }
bool is_logical(TokenKind kind) { return kind == TokenKind::logical_and || kind == TokenKind::logical_or; }

// A comparison of a variable with a text, as people write it.
bool compares_variable(const std::vector<Node>& nodes, const Node& node) {
  return expr::is_comparison(node.kind) && nodes[node.children.left].kind == TokenKind::variable &&
         is_text(nodes[node.children.right].kind);
}

// What stands between operators of one kind, in order: `a`, `b` and `c` of `a || b || c`.
std::vector<const Node*> operands_of(const std::vector<Node>& nodes, const Node& root) {
  std::vector<const Node*> found;
  std::vector<const Node*> open = {&root};
  while (!open.empty()) {
    const Node& node = *open.back();
    open.pop_back();
    if (node.kind != root.kind) {
      found.push_back(&node);
      continue;
    }
    open.push_back(&nodes[node.children.right]);
    open.push_back(&nodes[node.children.left]);
  }
  return found;
}

// `||` where one comparison is to hold, `&&` where each has to.
TokenKind joint(TokenKind sign) {
  return sign == TokenKind::equals || sign == TokenKind::matches ? TokenKind::logical_or : TokenKind::logical_and;
}
std::string_view spelled(TokenKind logical) { return logical == TokenKind::logical_or ? "||" : "&&"; }

// A comparison with each of the texts: `$A == "x" || $A == "y"`.
std::string compared_with_each(std::string_view text, std::string_view variable, const Node& sign,
                               std::span<const Node* const> texts) {
  std::string all;
  for (const Node* one : texts) {
    if (!all.empty()) all += fmt::format(" {} ", spelled(joint(sign.kind)));
    all += fmt::format("{} {} {}", variable, sign.range.of(text), one->range.of(text));
  }
  return all;
}

// A text that stands alone in a chain with a comparison of a variable.
struct LoneText {
  const Node* text;
  const Node* comparison;
  const Node* chain;
};

std::vector<LoneText> lone_texts(const Condition& condition) {
  std::vector<LoneText> lone;
  const auto& nodes = condition.tree.nodes;
  std::vector<bool> below(nodes.size());  // a part of the chain of its parent
  for (std::size_t i = nodes.size(); i-- > 0;) {
    const Node& chain = nodes[i];
    if (!is_logical(chain.kind)) continue;
    for (const expr::NodeIndex child : {chain.children.left, chain.children.right})
      below[child] = nodes[child].kind == chain.kind;
    if (below[i]) continue;
    const auto operands = operands_of(nodes, chain);
    const auto compared =
        std::ranges::find_if(operands, [&](const Node* one) { return compares_variable(nodes, *one); });
    if (compared == operands.end()) continue;
    for (const Node* one : operands) {
      if (is_text(one->kind)) lone.push_back({one, *compared, &chain});
    }
  }
  return lone;
}

void tell_lone(const Subject& subject, const Condition& condition, const LoneText& lone, Findings& findings) {
  const auto& nodes = condition.tree.nodes;
  const std::string_view text = condition.text;
  const Node& sign = *lone.comparison;
  const std::string_view variable = nodes[sign.children.left].range.of(text);
  const std::array both = {&nodes[sign.children.right], lone.text};
  const std::array alone = {lone.text};
  const bool fits = lone.chain->kind == joint(sign.kind);
  findings.add(subject.span(condition, lone.text->range),
               fmt::format("{} stands by itself here: it is not compared with {}", lone.text->range.of(text), variable),
               fmt::format("did you mean `{}`?", compared_with_each(text, variable, sign, both)),
               fits ? rewrite(subject, condition, lone.text->range, compared_with_each(text, variable, sign, alone))
                    : std::nullopt);
}

// Texts in parentheses beside the sign of a comparison, of which one only is taken.
struct Choice {
  const Node* comparison;
  std::vector<const Node*> texts;
  const Node* taken;
};

std::optional<Choice> choice_of(const Condition& condition, const Node& node) {
  const auto& nodes = condition.tree.nodes;
  if (!expr::is_comparison(node.kind)) return std::nullopt;
  const Node& chain = nodes[node.children.right];
  if (nodes[node.children.left].kind != TokenKind::variable || !is_logical(chain.kind)) return std::nullopt;
  Choice choice{&node, operands_of(nodes, chain), nullptr};
  if (!std::ranges::all_of(choice.texts, [](const Node* one) { return is_text(one->kind); })) return std::nullopt;
  choice.taken = chain.kind == TokenKind::logical_or ? choice.texts.front() : choice.texts.back();
  return choice;
}

void tell_choice(const Subject& subject, const Condition& condition, const Choice& choice, Findings& findings) {
  const std::string_view text = condition.text;
  const Node& variable = condition.tree.nodes[choice.comparison->children.left];
  const expr::Range texts{choice.texts.front()->range.begin, choice.texts.back()->range.end};
  const std::string meant = compared_with_each(text, variable.range.of(text), *choice.comparison, choice.texts);
  // The parenthesis that closes stays, and the one that opens goes in front of the variable.
  const std::string_view between =
      text.substr(choice.comparison->range.end, texts.begin - choice.comparison->range.end);
  const bool simple = variable.range.end <= choice.comparison->range.begin &&
                      between.find_first_not_of(" (") == std::string_view::npos &&
                      std::ranges::count(between, '(') == 1;
  findings.add(subject.span(condition, texts),
               fmt::format("`{}` gives one of its operands, so {} is compared with {} only",
                           choice.taken == choice.texts.front() ? "||" : "&&", variable.range.of(text),
                           choice.taken->range.of(text)),
               fmt::format("did you mean `{}`?", meant),
               simple ? rewrite(subject, condition, {variable.range.begin, texts.end}, fmt::format("({}", meant))
                      : std::nullopt);
}

void find_text_not_compared(const Subject& subject, Findings& findings) {
  for (const Condition& condition : subject.conditions) {
    if (condition.has_inputs) continue;
    for (const LoneText& lone : lone_texts(condition)) tell_lone(subject, condition, lone, findings);
    for (const Node& node : condition.tree.nodes) {
      if (const auto choice = choice_of(condition, node)) tell_choice(subject, condition, *choice, findings);
    }
  }
}

}  // namespace

bool has_lone_text(const Condition& condition) { return !lone_texts(condition).empty(); }

extern const Check text_not_compared;
const Check text_not_compared = {diag::Code::text_not_compared,
                                 "`&&` and `||` stand between whole comparisons. They give one of their operands: "
                                 "`\"x\" || \"y\"` is `\"x\"`, and a "
                                 "text by itself is true unless it is empty. Texts that inputs fill in are left alone.",
                                 find_text_not_compared};

}  // namespace willrun::lint
