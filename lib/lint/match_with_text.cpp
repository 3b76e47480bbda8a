// A match whose right side is a text and no pattern.
#include <fmt/format.h>

#include "lint/check.hpp"
#include "lint/respell.hpp"
#include "machine/regex.hpp"

namespace willrun::lint {

namespace {

// Characters that a pattern takes as they are.
constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

void find_match_with_text(const Subject& subject, Findings& findings) {
  for (const Condition& condition : subject.conditions) {
    for (const expr::Node& node : condition.tree.nodes) {
      if (node.kind != expr::TokenKind::matches && node.kind != expr::TokenKind::not_matches) continue;
      const expr::Node& right = condition.tree.nodes[node.children.right];
      if (right.kind != expr::TokenKind::string) continue;
      const std::string text = machine::unescape_slashes(right.content.of(condition.text));
      if (machine::find_pattern(text)) continue;
      const std::string_view content = right.content.of(condition.text);
      const std::string pattern = fmt::format("/{}/", content);
      const bool plain = content.size() > 1 && content.find_first_not_of(kPlain) == std::string_view::npos;
      findings.add(subject.span(condition, right.range),
                   fmt::format("{} is a text and no pattern, so nothing is matched", right.range.of(condition.text)),
                   fmt::format("patterns stand between slashes: {}", pattern),
                   plain ? rewrite(subject, condition, right.range, pattern) : std::nullopt);
    }
  }
}

}  // namespace

extern const Check match_with_text;
const Check match_with_text = {diag::Code::match_with_text, "`=~` and `!~` take a pattern between slashes.",
                               find_match_with_text};

}  // namespace willrun::lint
