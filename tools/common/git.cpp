#include "common/git.hpp"

#include <git2.h>

#include <algorithm>

namespace willrun::tools {

namespace {

// libgit2 counts its users.
class Library {
 public:
  Library() {
    git_libgit2_init();
    // Repositories of other users are only read, and nothing in them is run.
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  }
  ~Library() { git_libgit2_shutdown(); }
};

void start() { static const Library library; }

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

std::string text_of(const git_blob* blob) {
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

std::optional<GitTree> GitRepository::at(std::string_view ref) const {
  const std::string name(ref);
  const std::vector<std::string> tried =
      ref.empty()
          ? std::vector<std::string>{"HEAD"}
          : std::vector<std::string>{"refs/heads/" + name, "refs/tags/" + name, "refs/remotes/origin/" + name, name};
  for (const std::string& one : tried) {
    git_object* found = nullptr;
    if (git_revparse_single(&found, data_->repository.get(), one.c_str()) != 0) continue;
    const Object object(found);
    git_object* commit = nullptr;
    if (git_object_peel(&commit, found, GIT_OBJECT_COMMIT) != 0) continue;
    const Object peeled(commit);
    git_tree* tree = nullptr;
    if (git_commit_tree(&tree, reinterpret_cast<git_commit*>(commit)) != 0) continue;
    char sha[GIT_OID_HEXSZ + 1];
    git_oid_tostr(sha, sizeof sha, git_object_id(commit));
    return GitTree(std::make_shared<GitTree::Data>(GitTree::Data{data_, Tree(tree), sha}));
  }
  return std::nullopt;
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
    if (git_tree_entry_filemode(found) != GIT_FILEMODE_LINK) return {text_of(loaded), {}, false};
    const auto target = link_target(at, text_of(loaded));
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
