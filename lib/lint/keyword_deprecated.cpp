// Keywords that GitLab keeps for old files.
#include <fmt/format.h>
#include <array>

#include "lint/check.hpp"
#include "lint/default_move.hpp"

namespace willrun::lint {

namespace {

struct Old {
  std::string_view name;
  std::string_view instead;
};
constexpr std::array kRoot = {Old{"image", "default:image"}, Old{"services", "default:services"},
                              Old{"cache", "default:cache"}, Old{"before_script", "default:before_script"},
                              Old{"after_script", "default:after_script"}};

void find_keyword_deprecated(const Subject& subject, Findings& findings) {
  std::vector<std::pair<const Old*, Span>> found;
  std::vector<std::string_view> names;
  for (const Old& old : kRoot) {
    for (const yaml::Entry& entry : subject.tree.entries(subject.content)) {
      if (subject.tree.text(entry.key) != old.name || !subject.is_own(subject.tree.span(entry.key))) continue;
      found.emplace_back(&old, subject.tree.span(entry.key));
      names.push_back(old.name);
    }
  }
  const std::optional<Fix> fix = found.empty() ? std::nullopt : move_to_default(subject, names);
  for (const auto& [old, place] : found)
    findings.add(place, fmt::format("`{}` at the top of the file is deprecated", old->name),
                 fmt::format("write `{}`", old->instead), fix);
  for (const model::Job& job : subject.model.jobs) {
    const yaml::NodeId reports = subject.tree.find(subject.tree.find(job.config, "artifacts"), "reports");
    const yaml::NodeId cobertura = subject.tree.find(reports, "cobertura");
    if (cobertura != yaml::kNoNode)
      findings.add(subject.tree.span(cobertura), "`artifacts:reports:cobertura` is deprecated",
                   "write `artifacts:reports:coverage_report`");
  }
}

}  // namespace

extern const Check keyword_deprecated;
const Check keyword_deprecated = {
    diag::Code::keyword_deprecated,
    "They work, and may stop to. The fix is for a file of its own: where others include it, their keywords meet these. "
    "Source: the keyword reference, deprecated keywords.",
    find_keyword_deprecated};

}  // namespace willrun::lint
