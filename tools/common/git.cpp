#include "common/git.hpp"

#include <git2.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace willrun::tools {

namespace {

// libgit2 counts its users.
class GitLibrary {
 public:
  GitLibrary() {
    git_libgit2_init();
    // Repositories of other users are only read, and nothing in them is run.
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  }
  ~GitLibrary() { git_libgit2_shutdown(); }
};

void start() { static const GitLibrary library; }

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* object) const { Free(object); }
};
using Repository = std::unique_ptr<git_repository, Freed<git_repository, git_repository_free>>;
using Object = std::unique_ptr<git_object, Freed<git_object, git_object_free>>;
using Tree = std::unique_ptr<git_tree, Freed<git_tree, git_tree_free>>;
using Entry = std::unique_ptr<git_tree_entry, Freed<git_tree_entry, git_tree_entry_free>>;
using Blob = std::unique_ptr<git_blob, Freed<git_blob, git_blob_free>>;

constexpr int kMostLinks = 8;

std::string blob_text(const git_blob* blob) {
  return {static_cast<const char*>(git_blob_rawcontent(blob)), static_cast<std::size_t>(git_blob_rawsize(blob))};
}

// The target of a link, from the tree's root; none when it leads out of the tree.
std::optional<std::string> link_target(std::string_view link, const std::string& target) {
  if (target.starts_with('/')) return std::nullopt;
  const auto path = (std::filesystem::path(link).parent_path() / target).lexically_normal();
  if (path.empty() || *path.begin() == "..") return std::nullopt;
  return path.generic_string();
}

}  // namespace

struct GitRepository::Data {
  Repository repository;
};

struct GitTree::Data {
  std::shared_ptr<GitRepository::Data> owner;
  Tree tree;
  std::string sha;
};

std::optional<GitRepository> GitRepository::open(const std::filesystem::path& folder) {
  start();
  git_repository* opened = nullptr;
  if (git_repository_open(&opened, folder.c_str()) != 0) return std::nullopt;
  return GitRepository(std::make_shared<Data>(Data{Repository(opened)}));
}

namespace {

std::string sha_of(const git_oid& id) {
  char text[GIT_OID_HEXSZ + 1];
  git_oid_tostr(text, sizeof text, &id);
  return text;
}

std::optional<git_oid> id_of(const std::string& sha) {
  git_oid id;
  if (git_oid_fromstr(&id, sha.c_str()) != 0) return std::nullopt;
  return id;
}

using Commit = std::unique_ptr<git_commit, Freed<git_commit, git_commit_free>>;
using Diff = std::unique_ptr<git_diff, Freed<git_diff, git_diff_free>>;
using Reference = std::unique_ptr<git_reference, Freed<git_reference, git_reference_free>>;
using Branches = std::unique_ptr<git_branch_iterator, Freed<git_branch_iterator, git_branch_iterator_free>>;

Commit commit_of(git_repository* repository, const std::string& sha) {
  const auto id = id_of(sha);
  git_commit* found = nullptr;
  if (!id || git_commit_lookup(&found, repository, &*id) != 0) return nullptr;
  return Commit(found);
}

Tree tree_of(git_repository* repository, const std::string& sha) {
  const Commit commit = commit_of(repository, sha);
  git_tree* tree = nullptr;
  if (!commit || git_commit_tree(&tree, commit.get()) != 0) return nullptr;
  return Tree(tree);
}

std::string iso_time(const git_time& time) {
  constexpr int kMinute = 60;
  const std::time_t local = static_cast<std::time_t>(time.time) + time.offset * kMinute;
  std::tm parts{};
  gmtime_r(&local, &parts);
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  const int offset = std::abs(time.offset);
  std::array<char, 16> zone{};
  std::snprintf(zone.data(), zone.size(), "%c%02d:%02d", time.offset < 0 ? '-' : '+', offset / kMinute % 100,
                offset % kMinute);
  return std::string(text.data(), size).append(zone.data());
}

std::vector<std::string> paths_of(git_diff* diff) {
  git_diff_find_similar(diff, nullptr);
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < git_diff_num_deltas(diff); ++i) {
    const git_diff_delta* delta = git_diff_get_delta(diff, i);
    const char* path = delta->status == GIT_DELTA_DELETED ? delta->old_file.path : delta->new_file.path;
    paths.emplace_back(path);
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

std::optional<std::string> GitRepository::resolve(const std::string& name) const {
  git_object* found = nullptr;
  if (git_revparse_single(&found, data_->repository.get(), name.c_str()) != 0) return std::nullopt;
  const Object object(found);
  git_object* commit = nullptr;
  if (git_object_peel(&commit, found, GIT_OBJECT_COMMIT) != 0) return std::nullopt;
  const Object peeled(commit);
  return sha_of(*git_object_id(commit));
}

std::optional<std::string> GitRepository::tip(const std::string& reference) const {
  git_reference* found = nullptr;
  if (reference.find('\0') != std::string::npos ||
      git_reference_lookup(&found, data_->repository.get(), reference.c_str()) != 0)
    return std::nullopt;
  const Reference named(found);
  git_object* commit = nullptr;
  if (git_reference_peel(&commit, found, GIT_OBJECT_COMMIT) != 0) return std::nullopt;
  const Object peeled(commit);
  return sha_of(*git_object_id(commit));
}

std::filesystem::path GitRepository::common_folder() const { return git_repository_commondir(data_->repository.get()); }

std::optional<GitTree> GitRepository::at(std::string_view ref) const {
  const std::string name(ref);
  const std::vector<std::string> tried =
      ref.empty()
          ? std::vector<std::string>{"HEAD"}
          : std::vector<std::string>{"refs/heads/" + name, "refs/tags/" + name, "refs/remotes/origin/" + name, name};
  for (const std::string& one : tried) {
    const auto sha = resolve(one);
    Tree tree = sha ? tree_of(data_->repository.get(), *sha) : nullptr;
    if (tree) return GitTree(std::make_shared<GitTree::Data>(GitTree::Data{data_, std::move(tree), *sha}));
  }
  return std::nullopt;
}

GitRef GitRepository::kind(std::string_view name) const {
  const std::string text(name);
  const bool branch = resolve("refs/heads/" + text) || resolve("refs/remotes/origin/" + text);
  const bool tag = resolve("refs/tags/" + text).has_value();
  if (branch && tag) return GitRef::ambiguous;
  return branch ? GitRef::branch : tag ? GitRef::tag : GitRef::unknown;
}

std::optional<std::string> GitRepository::current_branch() const {
  git_reference* head = nullptr;
  if (git_repository_head(&head, data_->repository.get()) != 0) return std::nullopt;
  const Reference reference(head);
  if (git_reference_is_branch(head) == 0) return std::nullopt;
  return std::string(git_reference_shorthand(head));
}

std::optional<std::string> GitRepository::default_branch() const {
  constexpr std::string_view kOrigin = "refs/remotes/origin/";
  git_reference* found = nullptr;
  if (git_reference_lookup(&found, data_->repository.get(), "refs/remotes/origin/HEAD") != 0) return std::nullopt;
  const Reference reference(found);
  const char* target = git_reference_symbolic_target(found);
  if (target == nullptr || !std::string_view(target).starts_with(kOrigin)) return std::nullopt;
  return std::string(target).substr(kOrigin.size());
}

namespace {

using Configuration = std::unique_ptr<git_config, Freed<git_config, git_config_free>>;

Configuration configuration_of(git_repository* repository) {
  git_config* found = nullptr;
  return Configuration(git_repository_config_snapshot(&found, repository) == 0 ? found : nullptr);
}

}  // namespace

GitLayout GitRepository::layout() const {
  git_repository* repository = data_->repository.get();
  GitLayout layout;
  layout.bare = git_repository_is_bare(repository) != 0;
  const Configuration configuration = configuration_of(repository);
  git_buf path{};
  layout.hooks_configured = configuration && git_config_get_path(&path, configuration.get(), "core.hooksPath") == 0;
  if (layout.hooks_configured) {
    // Relative to the folder in which hooks run.
    const char* run = layout.bare ? git_repository_path(repository) : git_repository_workdir(repository);
    layout.hooks = (std::filesystem::path(run) / path.ptr).lexically_normal();
    git_buf_dispose(&path);
  } else {
    layout.hooks = std::filesystem::path(git_repository_commondir(repository)) / "hooks";
  }
  return layout;
}

// From the configuration: looking the remote up matches patterns, and libgit2 1.5 leaks each time that one does not
// match.
std::optional<std::string> GitRepository::origin() const {
  const Configuration configuration = configuration_of(data_->repository.get());
  const char* url = nullptr;
  if (!configuration || git_config_get_string(&url, configuration.get(), "remote.origin.url") != 0) return std::nullopt;
  return std::string(url);
}

std::optional<GitCommit> GitRepository::commit(const std::string& sha) const {
  const Commit found = commit_of(data_->repository.get(), sha);
  if (!found) return std::nullopt;
  const git_signature* author = git_commit_author(found.get());
  const git_signature* committer = git_commit_committer(found.get());
  std::string who(author->name);
  who.append(" <").append(author->email).append(">");
  return GitCommit{sha, git_commit_message(found.get()), std::move(who), iso_time(committer->when)};
}

std::optional<std::string> GitRepository::parent(const std::string& sha) const {
  const Commit found = commit_of(data_->repository.get(), sha);
  if (!found || git_commit_parentcount(found.get()) == 0) return std::nullopt;
  const std::string parent = sha_of(*git_commit_parent_id(found.get(), 0));
  return commit_of(data_->repository.get(), parent) ? std::optional(parent) : std::nullopt;
}

std::optional<std::string> GitRepository::merge_base(const std::string& a, const std::string& b) const {
  const auto first = id_of(a);
  const auto second = id_of(b);
  git_oid base;
  if (!first || !second || git_merge_base(&base, data_->repository.get(), &*first, &*second) != 0) return std::nullopt;
  return sha_of(base);
}

std::optional<std::vector<std::string>> GitRepository::changed_files(const std::string& from, const std::string& to,
                                                                     bool worktree) const {
  git_repository* repository = data_->repository.get();
  const Tree old_tree = from.empty() ? nullptr : tree_of(repository, from);
  if (!from.empty() && !old_tree) return std::nullopt;
  git_diff* made = nullptr;
  if (worktree) {
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS | GIT_DIFF_SHOW_UNTRACKED_CONTENT;
    if (git_diff_tree_to_workdir_with_index(&made, repository, old_tree.get(), &options) != 0) return std::nullopt;
  } else {
    const Tree new_tree = tree_of(repository, to);
    if (!new_tree || git_diff_tree_to_tree(&made, repository, old_tree.get(), new_tree.get(), nullptr) != 0)
      return std::nullopt;
  }
  const Diff diff(made);
  return paths_of(made);
}

std::vector<std::string> GitRepository::branches() const {
  std::vector<std::string> names;
  git_branch_iterator* made = nullptr;
  if (git_branch_iterator_new(&made, data_->repository.get(), GIT_BRANCH_LOCAL) != 0) return names;
  const Branches branches(made);
  git_reference* next = nullptr;
  git_branch_t kind{};
  while (git_branch_next(&next, &kind, made) == 0) {
    const Reference branch(next);
    const char* name = nullptr;
    if (git_branch_name(&name, next) == 0) names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> GitRepository::tags() const {
  std::vector<std::string> names;
  git_strarray found{};
  if (git_tag_list(&found, data_->repository.get()) != 0) return names;
  for (std::size_t i = 0; i < found.count; ++i) names.emplace_back(found.strings[i]);
  git_strarray_dispose(&found);
  return names;
}

const std::string& GitTree::sha() const { return data_->sha; }

FileText GitTree::read(std::string_view path, std::uint64_t most) const {
  std::string at(path);
  for (int links = 0; links < kMostLinks; ++links) {
    git_tree_entry* found = nullptr;
    if (at.empty() || git_tree_entry_bypath(&found, data_->tree.get(), at.c_str()) != 0)
      return {{}, "no such file", true};
    const Entry entry(found);
    if (git_tree_entry_type(found) != GIT_OBJECT_BLOB) return {{}, "is a directory", false};
    git_blob* loaded = nullptr;
    if (git_blob_lookup(&loaded, data_->owner->repository.get(), git_tree_entry_id(found)) != 0)
      return {{}, "cannot be read from the repository", false};
    const Blob blob(loaded);
    if (static_cast<std::uint64_t>(git_blob_rawsize(loaded)) > most) return {{}, "is too big", false};
    if (git_tree_entry_filemode(found) != GIT_FILEMODE_LINK) return {blob_text(loaded), {}, false};
    const auto target = link_target(at, blob_text(loaded));
    if (!target) return {{}, "a symbolic link leads out of the repository", false};
    at = *target;
  }
  return {{}, "too many symbolic links", false};
}

std::vector<std::string> GitTree::list() const {
  std::vector<std::string> paths;
  git_tree_walk(
      data_->tree.get(), GIT_TREEWALK_PRE,
      [](const char* root, const git_tree_entry* entry, void* out) {
        if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
          static_cast<std::vector<std::string>*>(out)->push_back(std::string(root) + git_tree_entry_name(entry));
        return 0;
      },
      &paths);
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace willrun::tools
