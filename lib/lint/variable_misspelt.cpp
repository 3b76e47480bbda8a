// A name like a predefined one that GitLab does not have.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <willrun/nearest.hpp>

#include "eval/known_variables.hpp"
#include "lint/check.hpp"
#include "lint/respell.hpp"

namespace willrun::lint {

namespace {

using eval::find_known;
using eval::known_variables;
using eval::KnownVariable;

// A name with more changes may be one of somebody's own: CI_DEPLOY_KEY is no CI_DEPLOY_USER.
constexpr std::size_t kMostTypos = 2;

// Short or older names that people write for these.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kConfusions = {
    {{"CI_BRANCH", "CI_COMMIT_BRANCH"},
     {"CI_TAG", "CI_COMMIT_TAG"},
     {"CI_COMMIT_REF", "CI_COMMIT_REF_NAME"},
     {"CI_MERGE_REQUEST_SOURCE_BRANCH", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"},
     {"CI_MERGE_REQUEST_TARGET_BRANCH", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"}}};

// The predefined variable that a name is to be; empty: none.
std::string_view meant_by(std::string_view name, const std::vector<std::string_view>& known) {
  std::string upper(name);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (!eval::looks_like_gitlabs(upper)) return {};
  if (const KnownVariable* same = find_known(upper)) return same->name;
  const auto confused = std::ranges::find(kConfusions, upper, &std::pair<std::string_view, std::string_view>::first);
  if (confused != kConfusions.end()) return confused->second;
  return eval::looks_like_gitlabs(name) ? nearest(name, known, kMostTypos) : std::string_view();
}

void find_variable_misspelt(const Subject& subject, Findings& findings) {
  std::vector<std::string_view> known;
  for (const KnownVariable& variable : known_variables()) known.push_back(variable.name);
  for (const Condition& condition : subject.conditions) {
    for (const expr::Node& node : condition.tree.nodes) {
      if (node.kind != expr::TokenKind::variable) continue;
      const std::string_view name = node.content.of(condition.text);
      if (find_known(name) != nullptr || subject.sets(name)) continue;
      const std::string_view meant = meant_by(name, known);
      if (!meant.empty())
        findings.add(subject.span(condition, node.range), fmt::format("GitLab has no variable {}", name),
                     fmt::format("did you mean `{}`?", meant), rewrite(subject, condition, node.content, meant));
    }
  }
}

}  // namespace

extern const Check variable_misspelt;
const Check variable_misspelt = {diag::Code::variable_misspelt,
                                 "An undefined variable is null, and the condition goes on with that. Names that are "
                                 "near to nothing may come from settings and are left alone. Only conditions are "
                                 "looked at, not scripts.",
                                 find_variable_misspelt};

}  // namespace willrun::lint
