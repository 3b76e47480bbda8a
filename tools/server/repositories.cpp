#include "server/repositories.hpp"

#include <sys/stat.h>

#include <algorithm>

#include <fmt/format.h>

#include "common/read_file.hpp"
#include "common/repository.hpp"
#include "server/tokens.hpp"

namespace willrun::server {

namespace {

constexpr std::string_view kHeads = "refs/heads/";
constexpr std::string_view kTags = "refs/tags/";
constexpr std::string_view kMergeRequests = "refs/merge-requests/";
constexpr std::size_t kShaDigits = 40;
constexpr std::size_t kMostCommits = 1'000;  // facts kept; more begin anew

std::string joined(std::string_view prefix, std::string_view name) { return std::string(prefix).append(name); }

bool is_sha(std::string_view text) {
  return text.size() == kShaDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

// A handle of the repository for one thread, given back at the end.
class ProjectRepository::Lent {
 public:
  explicit Lent(const ProjectRepository& owner) : owner_(owner) {
    {
      const std::lock_guard lock(owner_.mutex_);
      if (!owner_.idle_.empty()) {
        handle_ = std::move(owner_.idle_.back());
        owner_.idle_.pop_back();
        return;
      }
    }
    handle_ = tools::GitRepository::open(owner_.root_);
  }
  ~Lent() {
    if (!handle_) return;
    const std::lock_guard lock(owner_.mutex_);
    owner_.idle_.push_back(std::move(*handle_));
  }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;

  explicit operator bool() const { return handle_.has_value(); }
  const tools::GitRepository* operator->() const { return &*handle_; }
  const tools::GitRepository& operator*() const { return *handle_; }

 private:
  const ProjectRepository& owner_;
  std::optional<tools::GitRepository> handle_;
};

ProjectRepository::ProjectRepository(const Project& project)
    : root_(project.repository), default_branch_(project.default_branch) {
  const auto opened = tools::GitRepository::open(root_);
  is_git_ = opened.has_value();
  if (opened) refs_ = opened->common_folder();
  if (default_branch_.empty() && opened) default_branch_ = opened->default_branch().value_or(std::string());
  if (default_branch_.empty() && opened) default_branch_ = opened->current_branch().value_or(std::string());
  if (default_branch_.empty()) default_branch_ = "main";
}

bool ProjectRepository::is_same(const ProjectRepository& other) const {
  return root_ == other.root_ && is_git_ == other.is_git_ && refs_ == other.refs_ &&
         default_branch_ == other.default_branch_;
}

bool ProjectRepository::empty() const {
  if (!is_git_) return false;
  const Lent git(*this);
  return !git || !git->at({});
}

ProjectRepository::RefFiles ProjectRepository::files_of(const std::string& name) const {
  return {refs_ / joined(kHeads, name), refs_ / joined(kTags, name), refs_ / "packed-refs"};
}

ProjectRepository::RefStamp ProjectRepository::stamp(const RefFiles& files) {
  RefStamp made;
  for (std::size_t i = 0; i < files.size(); ++i) {
    struct stat facts {};
    if (::stat(files[i].c_str(), &facts) != 0) continue;
    constexpr std::int64_t kSecond = 1'000'000'000;
    made.files[i] = {facts.st_ino, facts.st_size, facts.st_mtim.tv_sec * kSecond + facts.st_mtim.tv_nsec};
  }
  return made;
}

// A branch may name another one; then its own file says nothing of where that stands.
bool ProjectRepository::is_direct(const std::string& name) const {
  const tools::FileText read = tools::read_file(refs_ / joined(kHeads, name), 4'096);
  return read.missing || (read.failure.empty() && !read.text.starts_with("ref:"));
}

// libgit2 opens several files for each name. A name that was found before is only compared with what is on disk.
ResolvedRef ProjectRepository::resolve(std::string_view ref) const {
  if (!is_git_) return resolve_in_folder(ref);
  const std::string name(ref);
  std::shared_ptr<const KnownRef> known;
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_refs_.find(name);
    if (found != known_refs_.end()) known = found->second;
  }
  if (known && stamp(known->files) == known->stamp) return known->ref;
  const bool is_short = !ref.starts_with("refs/");
  auto made = std::make_shared<KnownRef>();
  if (is_short && ref.find("..") == std::string_view::npos) {
    made->files = files_of(name);
    made->stamp = stamp(made->files);
  }
  made->ref = look_up(ref);
  if (is_short && !made->ref.sha.empty() && is_direct(name)) {
    const std::lock_guard lock(mutex_);
    if (known_refs_.size() >= kMostCommits) known_refs_.clear();
    known_refs_[name] = made;
  }
  return made->ref;
}

ResolvedRef ProjectRepository::look_up(std::string_view ref) const {
  using Kind = ResolvedRef::Kind;
  const Lent git(*this);
  if (!git) return {};
  const auto found = [](Kind kind, std::string_view name, std::optional<std::string> sha) {
    return sha ? ResolvedRef{kind, std::string(name), std::move(*sha)}
               : ResolvedRef{Kind::unknown, std::string(name), {}};
  };
  const std::string whole(ref);
  if (ref.starts_with(kHeads)) return found(Kind::branch, ref.substr(kHeads.size()), git->tip(whole));
  if (ref.starts_with(kTags)) return found(Kind::tag, ref.substr(kTags.size()), git->tip(whole));
  if (ref.starts_with(kMergeRequests)) return found(Kind::other, ref, git->tip(whole));
  auto branch = git->tip(joined(kHeads, ref));
  auto tag = git->tip(joined(kTags, ref));
  if (branch && tag) return {Kind::ambiguous, whole, {}};
  if (tag) return found(Kind::tag, ref, std::move(tag));
  return found(Kind::branch, ref, std::move(branch));
}

ResolvedRef ProjectRepository::resolve_in_folder(std::string_view ref) const {
  if (ref.starts_with(kHeads)) ref.remove_prefix(kHeads.size());
  if (ref != default_branch_) return {ResolvedRef::Kind::unknown, std::string(ref), {}};
  return {ResolvedRef::Kind::branch, default_branch_, folder_digest()};
}

// What a commit is to a repository: changes with the name, size or time of any file.
std::string ProjectRepository::folder_digest() const {
  std::string seen;
  const auto paths = tools::list_paths(root_);
  for (const std::string& path : paths ? *paths : std::vector<std::string>()) {
    struct stat facts {};
    if (::lstat((root_ / path).c_str(), &facts) != 0) continue;
    fmt::format_to(std::back_inserter(seen), "{}\n{} {} {}\n", path, facts.st_size, facts.st_mtim.tv_sec,
                   facts.st_mtim.tv_nsec);
  }
  return sha256_hex(seen).substr(0, kShaDigits);
}

std::optional<std::string> ProjectRepository::commit_of(std::string_view revision) const {
  if (revision == kHead) return default_commit();
  const ResolvedRef ref = resolve(revision);
  if (!ref.sha.empty()) return ref.sha;
  if (!is_git_ || !is_sha(revision)) return std::nullopt;
  const Lent git(*this);
  const bool exists = git && git->commit(std::string(revision));
  return exists ? std::optional(std::string(revision)) : std::nullopt;
}

std::optional<std::string> ProjectRepository::default_commit() const {
  return commit_of("refs/heads/" + default_branch_);
}

std::optional<std::string> ProjectRepository::parent(const std::string& sha) const {
  if (!is_git_) return std::nullopt;
  const Lent git(*this);
  return git ? git->parent(sha) : std::nullopt;
}

std::vector<std::string> ProjectRepository::branches() const {
  if (!is_git_) return {default_branch_};
  const Lent git(*this);
  return git ? git->branches() : std::vector<std::string>();
}

std::vector<std::string> ProjectRepository::tags() const {
  if (!is_git_) return {};
  const Lent git(*this);
  auto names = git ? git->tags() : std::vector<std::string>();
  std::ranges::sort(names);
  return names;
}

std::shared_ptr<const CommitFacts> ProjectRepository::facts(const std::string& sha) const {
  {
    const std::lock_guard lock(mutex_);
    const auto known = facts_.find(sha);
    if (known != facts_.end()) return known->second;
  }
  auto made = std::make_shared<CommitFacts>();
  if (is_git_) {
    const Lent git(*this);
    auto commit = git ? git->commit(sha) : std::nullopt;
    auto tree = git ? git->at(sha) : std::nullopt;
    if (!commit || !tree) return nullptr;
    *made = {std::move(commit->message), std::move(commit->author), std::move(commit->timestamp), tree->list()};
  } else {
    *made = {"Files of a folder", "nobody <nobody@localhost>", "1970-01-01T00:00:00+00:00", tools::list_paths(root_)};
  }
  const std::lock_guard lock(mutex_);
  if (facts_.size() >= kMostCommits) facts_.clear();
  facts_[sha] = made;
  return made;
}

std::unique_ptr<tools::Sources> ProjectRepository::sources(const std::string& sha, tools::Settings settings) const {
  tools::SourcesOptions options;
  if (is_git_) {
    // A handle of its own: it goes to another thread, and its trees with it.
    const auto git = tools::GitRepository::open(root_);
    options.revision = git ? git->at(sha) : std::nullopt;
    if (!options.revision) return nullptr;
  }
  return std::make_unique<tools::Sources>(root_, std::move(settings), std::move(options));
}

std::optional<std::vector<std::string>> ProjectRepository::compare(const std::string& ref,
                                                                   const std::string& sha) const {
  const auto other = commit_of(ref);
  if (!other) return std::nullopt;
  if (!is_git_) return std::vector<std::string>();  // the one state it has
  const Lent git(*this);
  if (!git) return std::nullopt;
  return git->changed_files(git->merge_base(*other, sha).value_or(std::string()), sha);
}

}  // namespace willrun::server
