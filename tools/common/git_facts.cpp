#include "common/git_facts.hpp"

#include <algorithm>

#include "common/wildcard.hpp"

namespace willrun::tools {

namespace {

class Facts {
 public:
  Facts(const GitRepository& repository, Trigger& trigger, const FactsOptions& options, std::vector<std::string>& notes)
      : repository_(repository), trigger_(trigger), options_(options), notes_(notes) {}

  std::string add() {
    const auto tip = this->tip();
    if (!tip) return "Reference not found";
    trigger_.sha = *tip;
    if (const auto origin = repository_.origin()) {
      if (const auto project = project_of(*origin)) {
        trigger_.server_url = project->server_url;
        trigger_.project_path = project->path;
      }
    }
    add_commit();
    if (trigger_.ref_kind == RefKind::merge_request) {
      add_merge_request();
    } else if (trigger_.source == PipelineSource::push && trigger_.ref_kind == RefKind::branch) {
      add_push();
    } else {
      trigger_.before_sha = kZeros;
    }
    trigger_.compare_with = [repository = repository_, sha = trigger_.sha, worktree = options_.worktree](
                                const std::string& ref) -> std::optional<std::vector<std::string>> {
      const auto other = repository.at(ref);
      if (!other) return std::nullopt;
      const auto base = repository.merge_base(other->sha(), sha);
      return repository.changed_files(base.value_or(std::string()), sha, worktree);
    };
    return {};
  }

 private:
  inline static const std::string kZeros = std::string(40, '0');

  std::optional<std::string> tip() const {
    if (options_.pushed) return options_.pushed->sha;
    return trigger_.ref_kind == RefKind::tag ? repository_.resolve("refs/tags/" + trigger_.ref)
                                             : tip_of_branch(trigger_.ref);
  }

  std::optional<std::string> tip_of_branch(const std::string& branch) const {
    const auto local = repository_.resolve("refs/heads/" + branch);
    return local ? local : repository_.resolve("refs/remotes/origin/" + branch);
  }

  void add_commit() {
    const auto commit = repository_.commit(trigger_.sha);
    if (!commit) return;
    if (!options_.message_given) trigger_.commit_message = commit->message;
    trigger_.commit_author = commit->author;
    trigger_.commit_timestamp = commit->timestamp;
  }

  void add_push() {
    if (options_.pushed) {
      trigger_.before_sha = options_.pushed->before;
      if (trigger_.before_sha != kZeros) compare(trigger_.before_sha);
      return;
    }
    auto before = repository_.resolve("refs/remotes/origin/" + trigger_.ref);
    if (before && *before == trigger_.sha && !options_.worktree) {
      before = repository_.parent(trigger_.sha);
      notes_.emplace_back("origin has this commit already: the push of its last commit is meant");
    }
    trigger_.before_sha = before.value_or(kZeros);
    if (!before) return;
    compare(*before);
  }

  void add_merge_request() {
    trigger_.before_sha = kZeros;
    const std::string& target = trigger_.merge_request->target_branch;
    auto tip = repository_.resolve("refs/remotes/origin/" + target);
    if (!tip) tip = repository_.resolve("refs/heads/" + target);
    const auto base = tip ? repository_.merge_base(*tip, trigger_.sha) : std::nullopt;
    if (base) {
      compare(*base);
    } else {
      std::string note = "the files that the merge request changes are not known: there is no branch `";
      notes_.push_back(note.append(target).append("` with a common commit here"));
    }
  }

  void compare(const std::string& base) {
    if (options_.changed_given) return;
    trigger_.changed_files = repository_.changed_files(base, trigger_.sha, options_.worktree);
    if (!trigger_.changed_files)
      notes_.emplace_back("the changed files are not known: a commit is missing from this clone");
  }

  const GitRepository& repository_;
  Trigger& trigger_;
  const FactsOptions& options_;
  std::vector<std::string>& notes_;
};

}  // namespace

std::string add_git_facts(const GitRepository& repository, Trigger& trigger, const FactsOptions& options,
                          std::vector<std::string>& notes) {
  return Facts(repository, trigger, options, notes).add();
}

std::optional<RemoteProject> project_of(std::string_view address) {
  const std::size_t scheme = address.find("://");
  std::string_view rest = scheme == std::string_view::npos ? address : address.substr(scheme + 3);
  const std::string_view word = scheme == std::string_view::npos ? std::string_view() : address.substr(0, scheme);
  if (!word.empty() && word != "https" && word != "http" && word != "ssh") return std::nullopt;
  // A path on this machine is no server.
  const std::size_t end = rest.find(word.empty() ? ':' : '/');
  if (end == std::string_view::npos || end == 0 || rest.substr(0, end).find('/') != std::string_view::npos)
    return std::nullopt;
  std::string_view host = rest.substr(0, end);
  host.remove_prefix(std::min(host.size(), host.rfind('@') + 1));
  if (word == "ssh") host = host.substr(0, host.find(':'));
  rest.remove_prefix(end + 1);
  while (rest.starts_with('/')) rest.remove_prefix(1);
  while (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.ends_with(".git")) rest.remove_suffix(4);
  if (host.empty() || rest.find('/') == std::string_view::npos) return std::nullopt;
  RemoteProject project;
  project.server_url.append(word == "http" ? "http://" : "https://").append(host);
  project.path = rest;
  return project;
}

bool is_protected(const std::vector<std::string>& patterns, std::string_view ref) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches_wildcard(pattern, ref); });
}

}  // namespace willrun::tools
