// Where configuration files come from. The library opens no file itself: a caller implements this interface over a
// disk, a git repository or memory.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace willrun {

enum class FileOrigin : std::uint8_t { local, project, remote, template_file, component };

// GitLab's word for an origin in its list of includes: "local", "file", "remote", "template", "component".
std::string_view to_string(FileOrigin origin);

// A repository at one ref. An empty project is the one that the configuration is of, at its commit.
struct RepositoryPlace {
  std::string project;  // full path, as it was written
  std::string ref;      // branch, tag or sha; empty is the default branch
};

// One file to read. Views live as long as the call.
struct FileRequest {
  FileOrigin origin = FileOrigin::local;
  // local and project: path from the repository's root, no leading '/'; remote: the address; template: its name;
  // component: its address, `host/group/project/name@version`
  std::string_view path;
  std::string_view project;  // project only: full path of the project; letter case does not count in GitLab
  std::string_view ref;      // project only: branch, tag or sha; empty is the default branch
};

// What a component is known by, for `$[[ component.name ]]` and its kin.
struct ComponentFacts {
  std::string name;
  std::string sha;
  std::string version;    // of the catalog, when it is in it
  std::string reference;  // behind the `@`
};

struct FileAnswer {
  enum class Status : std::uint8_t {
    found,
    not_found,
    denied,       // no such project, or this caller may not read it
    unknown_ref,  // the project has no such branch, tag or sha
    failed,       // the machinery failed (disk, network); `text` says how, to stand behind "because of"
  };
  Status status = Status::not_found;
  std::string text;  // found: the file's bytes; else, where there is more to say, what went wrong: "a timeout error"
  // Component only: its facts, the project and ref in which its own local includes stand, and its file there.
  ComponentFacts component;
  std::string project;
  std::string ref;
  std::string path;
  // Found: the text stands for a file that cannot be had. It takes any inputs, and its integrity is not looked at.
  bool stands_in = false;
};

// Threads: one load uses its FileSource from one thread.
class FileSource {
 public:
  virtual ~FileSource() = default;
  virtual FileAnswer read(const FileRequest& request) = 0;
  // Paths of all files of a repository, of origin local or project (`path` is empty), in any order: for wildcards.
  virtual std::vector<std::string> list(const FileRequest& request) {
    static_cast<void>(request);
    return {};
  }
};

// Files in memory: for tests, servers and texts from standard input. A project, remote file, template or component that
// was not added is not there.
class MemoryFiles : public FileSource {
 public:
  void add(std::string path, std::string text) { files_[std::move(path)] = std::move(text); }

  // A project that may be read. `refs`: the branches, tags and shas that exist; empty: whatever is asked for.
  void add_project(std::string project, std::map<std::string, std::string, std::less<>> files,
                   std::vector<std::string> refs = {});
  void add_remote(std::string address, std::string text) { remotes_[std::move(address)] = std::move(text); }
  void add_template(std::string name, std::string text) { templates_[std::move(name)] = std::move(text); }
  void add_component(std::string address, std::string text, ComponentFacts facts = {}) {
    components_[std::move(address)] = {std::move(text), std::move(facts)};
  }

  FileAnswer read(const FileRequest& request) override;
  std::vector<std::string> list(const FileRequest& request) override;

 private:
  using Texts = std::map<std::string, std::string, std::less<>>;
  struct Project {
    Texts files;
    std::vector<std::string> refs;
  };
  const Project* find_project(std::string_view path) const;

  Texts files_;
  Texts remotes_;
  Texts templates_;
  std::map<std::string, Project, std::less<>> projects_;  // by path in lower case
  std::map<std::string, std::pair<std::string, ComponentFacts>, std::less<>> components_;
};

}  // namespace willrun
