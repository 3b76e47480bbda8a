// A path of `changes` or `exists` that no path of a repository is.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "lint/check.hpp"

namespace willrun::lint {

namespace {

constexpr std::string_view kHelp = "paths run from the repository's root, without `/` or `./` in front";

// Paths are compared as texts; those of a repository have neither of these in front.
bool starts_outside(std::string_view path) {
  constexpr std::array<std::string_view, 3> kStarts = {"/", "./", "../"};
  return std::ranges::any_of(kStarts, [&](std::string_view start) { return path.starts_with(start); });
}

void check_start(const model::Text& path, Findings& findings) {
  if (starts_outside(path.value))
    findings.add(path.span, fmt::format("`{}` never matches a file", path.value), std::string(kHelp));
}

// `exists` looks below a folder that ends in `/`; `changes` looks for a file of that name.
void check_changed(const model::Text& path, Findings& findings) {
  check_start(path, findings);
  if (!path.value.ends_with('/')) return;
  findings.add(path.span,
               fmt::format("`{}` is a folder, and `changes` compares files only: it never matches", path.value),
               fmt::format("for all files below it: `{}**/*`", path.value));
}

void find_path_never_matches(const Subject& subject, Findings& findings) {
  for (const RuleList& list : subject.lists) {
    for (const Rule& rule : list.rules) {
      if (rule.model->changes) {
        for (const model::Text& path : rule.model->changes->paths) check_changed(path, findings);
      }
      if (rule.model->exists) {
        for (const model::Text& path : rule.model->exists->paths) check_start(path, findings);
      }
    }
  }
  for (const model::Job& job : subject.model.jobs) {
    for (const auto* policy : {&job.only, &job.except}) {
      if (!*policy || !(*policy)->changes) continue;
      for (const model::Text& path : *(*policy)->changes) check_changed(path, findings);
    }
  }
}

}  // namespace

extern const Check path_never_matches;
const Check path_never_matches = {diag::Code::path_never_matches,
                                  "Patterns are compared with whole paths of files, letter by letter but for `*` and "
                                  "its kin. Whether a path is there is not looked at: it may come later.",
                                  find_path_never_matches};

}  // namespace willrun::lint
