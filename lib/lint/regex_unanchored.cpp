// A pattern of plain characters for a branch or tag, open at both ends.
#include <fmt/format.h>
#include <algorithm>
#include <array>

#include "lint/check.hpp"
#include "machine/regex.hpp"

namespace willrun::lint {

namespace {

constexpr std::array<std::string_view, 6> kNames = {"CI_COMMIT_BRANCH",
                                                    "CI_COMMIT_TAG",
                                                    "CI_COMMIT_REF_NAME",
                                                    "CI_DEFAULT_BRANCH",
                                                    "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
                                                    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"};

bool is_plain(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '|';
  });
}

// `^main|master$`: what stands between anchors that hold one name each; empty: the pattern is none of these.
std::string_view half_anchored(std::string_view body) {
  if (body.size() < 2 || !body.starts_with('^') || !body.ends_with('$')) return {};
  const std::string_view names = body.substr(1, body.size() - 2);
  return is_plain(names) && names.find('|') != std::string_view::npos ? names : std::string_view();
}

void find_regex_unanchored(const Subject& subject, Findings& findings) {
  for (const Condition& condition : subject.conditions) {
    for (const expr::Node& node : condition.tree.nodes) {
      if (node.kind != expr::TokenKind::matches && node.kind != expr::TokenKind::not_matches) continue;
      const expr::Node& left = condition.tree.nodes[node.children.left];
      const expr::Node& right = condition.tree.nodes[node.children.right];
      if (left.kind != expr::TokenKind::variable || right.kind != expr::TokenKind::pattern) continue;
      const std::string_view name = left.content.of(condition.text);
      const auto pattern = machine::whole_pattern(right.range.of(condition.text));
      if (std::ranges::count(kNames, name) == 0 || !pattern) continue;
      if (const std::string_view names = half_anchored(pattern->body); !names.empty()) {
        findings.add(subject.span(condition, right.range), "`^` holds only the first name of these and `$` the last",
                     fmt::format("for whole names: /^({})$/", names));
      }
      if (!is_plain(pattern->body)) continue;
      const std::string_view body = pattern->body;
      const bool choice = body.find('|') != std::string_view::npos;
      findings.add(subject.span(condition, right.range),
                   fmt::format("{} also matches names that only contain it, such as `my-{}-2`",
                               right.range.of(condition.text), body.substr(0, body.find('|'))),
                   fmt::format("for the whole name: /^{}{}{}$/", choice ? "(" : "", body, choice ? ")" : ""));
    }
  }
}

}  // namespace

extern const Check regex_unanchored;
const Check regex_unanchored = {diag::Code::regex_unanchored,
                                "A pattern matches anywhere in the text unless `^` and `$` hold it.",
                                find_regex_unanchored};

}  // namespace willrun::lint
