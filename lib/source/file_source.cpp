#include <willrun/file_source.hpp>

#include <algorithm>

#include "base/utf8.hpp"

namespace willrun {

namespace {

template <class Map>
FileAnswer answer_from(const Map& texts, std::string_view key) {
  const auto found = texts.find(key);
  if (found == texts.end()) return {};
  return {.status = FileAnswer::Status::found, .text = found->second, .component = {}, .project = {}, .ref = {}};
}

}  // namespace

std::string_view to_string(FileOrigin origin) {
  switch (origin) {
    case FileOrigin::local: return "local";
    case FileOrigin::project: return "file";
    case FileOrigin::remote: return "remote";
    case FileOrigin::template_file: return "template";
    case FileOrigin::component: return "component";
  }
  return {};
}

void MemoryFiles::add_project(std::string project, std::map<std::string, std::string, std::less<>> files,
                              std::vector<std::string> refs) {
  projects_[utf8::lowercase(project)] = {std::move(files), std::move(refs)};
}

const MemoryFiles::Project* MemoryFiles::find_project(std::string_view path) const {
  const auto found = projects_.find(utf8::lowercase(path));
  return found == projects_.end() ? nullptr : &found->second;
}

FileAnswer MemoryFiles::read(const FileRequest& request) {
  switch (request.origin) {
    case FileOrigin::local: return answer_from(files_, request.path);
    case FileOrigin::remote: return answer_from(remotes_, request.path);
    case FileOrigin::template_file: return answer_from(templates_, request.path);
    case FileOrigin::component: {
      const auto found = components_.find(request.path);
      if (found == components_.end()) return {};
      return {.status = FileAnswer::Status::found,
              .text = found->second.first,
              .component = found->second.second,
              .project = {},
              .ref = {}};
    }
    case FileOrigin::project: break;
  }
  FileAnswer answer;
  const Project* project = find_project(request.project);
  if (project == nullptr) {
    answer.status = FileAnswer::Status::denied;
    return answer;
  }
  const bool known = request.ref.empty() || project->refs.empty() || std::ranges::count(project->refs, request.ref) > 0;
  if (known) return answer_from(project->files, request.path);
  answer.status = FileAnswer::Status::unknown_ref;
  return answer;
}

std::vector<std::string> MemoryFiles::list(const FileRequest& request) {
  const Texts* texts = request.origin == FileOrigin::local ? &files_ : nullptr;
  if (request.origin == FileOrigin::project) {
    if (const Project* project = find_project(request.project)) texts = &project->files;
  }
  std::vector<std::string> paths;
  if (texts == nullptr) return paths;
  for (const auto& [path, text] : *texts) paths.push_back(path);
  return paths;
}

}  // namespace willrun
