// What a repository says of the pipeline that a trigger would start.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <willrun/trigger.hpp>

#include "common/git.hpp"

namespace willrun::tools {

// One ref of a push that is about to happen.
struct PushedRef {
  std::string sha;     // the commit that it will have
  std::string before;  // what the remote has; zeros: nothing yet
};

// What was given otherwise, and is not to be taken from the repository.
struct FactsOptions {
  bool message_given = false;
  bool changed_given = false;
  bool worktree = false;                 // uncommitted files count as committed
  std::optional<PushedRef> pushed = {};  // this push is meant, whatever the branches here say
};

// Fills in the commit, the sha before it, changed files and what `compare_to` compares with, for Trigger::ref. Gives
// GitLab's text when there is no such ref or the name is ambiguous; `notes` gets a line for each fact that had to be
// guessed.
//
// The files of a push are those that differ from what `origin` has of the branch; a branch that it has not is a new
// one. Where `origin` has the commit already, the push of its last commit is meant. The files of a merge request are
// those that differ from the merge base with the target branch.
std::string add_git_facts(const GitRepository& repository, Trigger& trigger, const FactsOptions& options,
                          std::vector<std::string>& notes);

// Server and project of a remote's address: `git@host:group/project.git`, `ssh://git@host/...`, `https://host/...`.
struct RemoteProject {
  std::string server_url;  // "https://host"
  std::string path;
};
std::optional<RemoteProject> project_of(std::string_view address);

// Whether one of the patterns, names with `*` for any characters, names the ref.
bool is_protected(const std::vector<std::string>& patterns, std::string_view ref);

}  // namespace willrun::tools
