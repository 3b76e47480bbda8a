// Includes that follow a moving target.
#include <fmt/format.h>
#include <algorithm>
#include <array>

#include "lint/check.hpp"

namespace willrun::lint {

namespace {

bool is_sha(std::string_view text) {
  return text.size() == 40 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}
// Three numbers, perhaps with what stands before a release: 1.2.3-rc1.
bool is_release(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  text = text.substr(0, text.find_first_of("-+"));
  return std::ranges::count(text, '.') == 2 && text.find_first_not_of("0123456789.") == std::string_view::npos;
}
// What a variable says is not known here; a component of the project itself moves with it.
bool is_fixed(std::string_view version) {
  return is_sha(version) || is_release(version) || version.find('$') != std::string_view::npos;
}
// Names that are branches nearly everywhere.
constexpr std::array<std::string_view, 6> kBranches = {"main", "master", "HEAD", "develop", "trunk", "latest"};

void check(const Subject& subject, yaml::NodeId include, Findings& findings) {
  const auto text = [&](std::string_view key) {
    const yaml::NodeId node = subject.tree.find(include, key);
    return node == yaml::kNoNode ? std::string_view() : subject.tree.text(node);
  };
  const auto place = [&](std::string_view key) { return subject.tree.span(subject.tree.find(include, key)); };
  const std::string_view ref = text("ref");
  const bool is_own = text("project") == "$CI_PROJECT_PATH";
  if (!text("project").empty() && ref.empty() && !is_own)
    findings.add(place("project"), "without `ref` the file is what the project's default branch has today",
                 "give `ref` a tag or a commit");
  if (!text("project").empty() && std::ranges::count(kBranches, ref) > 0)
    findings.add(place("ref"), fmt::format("the file is what the branch `{}` has today", ref),
                 "give `ref` a tag or a commit");
  const std::string_view component = text("component");
  const std::size_t at = component.rfind('@');
  if (at != std::string_view::npos && !is_fixed(component.substr(at + 1)))
    findings.add(place("component"), fmt::format("`{}` is not one release for ever", component.substr(at + 1)),
                 "name a release with three numbers, or a commit");
  if (!text("remote").empty() && text("integrity").empty())
    findings.add(place("remote"), "without `integrity` a remote file may be another one tomorrow",
                 "give `integrity` its checksum");
}

void find_include_not_pinned(const Subject& subject, Findings& findings) {
  const yaml::NodeId includes = subject.tree.find(subject.text.content, "include");
  if (includes == yaml::kNoNode) return;
  if (subject.tree.is_mapping(includes)) check(subject, includes, findings);
  for (const yaml::NodeId item : subject.tree.items(includes)) {
    if (subject.tree.is_mapping(item)) check(subject, item, findings);
  }
}

}  // namespace

extern const Check include_not_pinned;
const Check include_not_pinned = {
    diag::Code::include_not_pinned,
    "The pipeline changes when somebody else's file does. A tag, a commit or a checksum keeps it.",
    find_include_not_pinned};

}  // namespace willrun::lint
