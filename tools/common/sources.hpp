// Every place that configuration files come from, on this machine.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include <willrun/file_source.hpp>
#include <willrun/trigger.hpp>

#include "common/disk_files.hpp"
#include "common/git.hpp"
#include "common/http.hpp"
#include "common/progress.hpp"
#include "common/settings.hpp"

namespace willrun::tools {

struct SourcesOptions {
  std::optional<GitTree> revision;  // local files come from this commit; none: from the working tree
  bool offline = false;             // remote files come from the cache only
  Progress* progress = nullptr;     // is told what is waited for; none: nobody asks
};

// Local files of one repository, and what its settings name: projects and components in folders or git repositories,
// templates in a folder, remote files by HTTP through a cache. Threads: not shared.
class Sources : public FileSource {
 public:
  Sources(std::filesystem::path root, Settings settings, SourcesOptions options = {});

  // Paths of all local files; none when there are too many to list.
  std::optional<std::vector<std::string>> tree() const;
  // Paths of another project, for Trigger::project_tree. One that settings do not name counts as denied.
  ProjectTree tree_of(const std::string& project, const std::string& ref);
  // A text that stands for the local file of this path: standard input, an editor's buffer.
  void add(std::string path, std::string text);

  FileAnswer read(const FileRequest& request) override;
  std::vector<std::string> list(const FileRequest& request) override;

 private:
  // Another project at one ref: its folder as it is, or a commit of its repository.
  struct Project {
    std::shared_ptr<DiskFiles> folder;
    std::optional<GitTree> commit;
    std::filesystem::path root;
    FileAnswer::Status status = FileAnswer::Status::found;
    std::string why;  // the status is not `found`

    FileAnswer read(std::string_view path) const;
    std::vector<std::string> list() const;
  };
  const Project& project(std::string_view path, std::string_view ref);
  FileAnswer read_local(const FileRequest& request);
  FileAnswer read_component(std::string_view address);
  FileAnswer read_remote(const std::string& address) const;
  FileAnswer read_template(std::string_view name) const;

  DiskFiles disk_;
  MemoryFiles given_;
  std::filesystem::path root_;
  Settings settings_;
  SourcesOptions options_;
  HttpCache cache_;
  std::map<std::pair<std::string, std::string>, Project> projects_;  // by path and ref
};

// What a component's version may say: the newest release for `~latest`, the newest of `1` or `1.2`, else the ref
// itself. `tags` are those of its project.
std::string resolve_version(std::string_view wanted, const std::vector<std::string>& tags);

}  // namespace willrun::tools
