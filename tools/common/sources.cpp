#include "common/sources.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "common/repository.hpp"
#include "common/text.hpp"

namespace willrun::tools {

namespace {

namespace fs = std::filesystem;
using Status = FileAnswer::Status;

constexpr std::string_view kNotNamed = "`.willrun.yml` does not say where this project is";

FileAnswer answer(Status status, std::string text = {}) {
  FileAnswer made;
  made.status = status;
  made.text = std::move(text);
  return made;
}

FileAnswer answer_of(FileText read) {
  if (read.missing) return answer(Status::not_found);
  if (!read.failure.empty()) return answer(Status::failed, std::move(read.failure));
  return answer(Status::found, std::move(read.text));
}

fs::path default_cache() {
  if (const char* folder = std::getenv("XDG_CACHE_HOME"); folder != nullptr && *folder == '/')
    return fs::path(folder) / "willrun";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
    return fs::path(home) / ".cache" / "willrun";
  return fs::temp_directory_path() / "willrun-cache";
}

// A release: three numbers, perhaps behind a `v`. Anything else, pre-releases too, is none.
std::optional<std::array<std::uint32_t, 3>> release_of(std::string_view tag) {
  if (tag.starts_with('v')) tag.remove_prefix(1);
  std::array<std::uint32_t, 3> numbers{};
  const char* at = tag.data();
  const char* const end = at + tag.size();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto [next, error] = std::from_chars(at, end, numbers[i]);
    if (error != std::errc()) return std::nullopt;
    at = next;
    if (i + 1 == numbers.size()) break;
    if (at == end || *at != '.') return std::nullopt;
    ++at;
  }
  if (at != end) return std::nullopt;
  return numbers;
}

}  // namespace

std::string resolve_version(std::string_view wanted, const std::vector<std::string>& tags) {
  const std::string exact(wanted);
  if (std::find(tags.begin(), tags.end(), exact) != tags.end()) return exact;
  const bool partial = !wanted.empty() && wanted.find_first_not_of("0123456789.") == std::string_view::npos;
  if (wanted != "~latest" && !partial) return exact;
  const std::string prefix = wanted == "~latest" ? std::string() : exact + ".";
  std::string best = exact;
  std::array<std::uint32_t, 3> newest{};
  bool any = false;
  for (const std::string& tag : tags) {
    const auto release = release_of(tag);
    const std::string_view bare = std::string_view(tag).substr(tag.starts_with('v') ? 1 : 0);
    if (!release || !bare.starts_with(prefix) || (any && *release <= newest)) continue;
    any = true;
    newest = *release;
    best = tag;
  }
  return best;
}

Sources::Sources(fs::path root, Settings settings, SourcesOptions options)
    : disk_(root),
      root_(std::move(root)),
      settings_(std::move(settings)),
      options_(std::move(options)),
      cache_(settings_.cache.value_or(default_cache()), settings_.cache_bytes) {}

void Sources::add(std::string path, std::string text) { given_.add(std::move(path), std::move(text)); }

std::optional<std::vector<std::string>> Sources::tree() const {
  return options_.revision ? options_.revision->list() : list_paths(root_);
}

FileAnswer Sources::read(const FileRequest& request) {
  switch (request.origin) {
    case FileOrigin::local: return read_local(request);
    case FileOrigin::project: {
      const Project& found = project(request.project, request.ref);
      return found.status == Status::found ? found.read(request.path) : answer(found.status, found.why);
    }
    case FileOrigin::remote: return read_remote(std::string(request.path));
    case FileOrigin::template_file: return read_template(request.path);
    case FileOrigin::component: return read_component(request.path);
  }
  return {};
}

std::vector<std::string> Sources::list(const FileRequest& request) {
  if (request.origin == FileOrigin::local) return tree().value_or(std::vector<std::string>());
  if (request.origin != FileOrigin::project) return {};
  return project(request.project, request.ref).list();
}

ProjectTree Sources::tree_of(const std::string& name, const std::string& ref) {
  const Project& found = project(name, ref);
  if (found.status == Status::found) return {ProjectTree::Status::found, found.list()};
  const bool known = found.status == Status::unknown_ref;
  // Nothing is committed yet, and no ref was asked for.
  if (known && ref.empty()) return {};
  return {known ? ProjectTree::Status::unknown_ref : ProjectTree::Status::denied, {}};
}

FileAnswer Sources::read_local(const FileRequest& request) {
  FileAnswer given = given_.read(request);
  if (given.status == Status::found) return given;
  return options_.revision ? answer_of(options_.revision->read(request.path)) : disk_.read(request);
}

FileAnswer Sources::Project::read(std::string_view path) const {
  if (commit) return answer_of(commit->read(path));
  FileRequest request;
  request.path = path;
  return folder->read(request);
}

std::vector<std::string> Sources::Project::list() const {
  if (commit) return commit->list();
  return folder ? list_paths(root).value_or(std::vector<std::string>()) : std::vector<std::string>();
}

const Sources::Project& Sources::project(std::string_view path, std::string_view ref) {
  auto key = std::pair(lower(path), std::string(ref));
  const auto known = projects_.find(key);
  if (known != projects_.end()) return known->second;
  Project made;
  const auto named = settings_.projects.find(key.first);
  if (named == settings_.projects.end()) {
    made.status = Status::denied;
    made.why = kNotNamed;
  } else if (const auto repository = GitRepository::open(named->second)) {
    made.root = named->second;
    made.commit = repository->at(ref);
    if (!made.commit) made.status = Status::unknown_ref;
  } else {
    made.root = named->second;
    made.folder = std::make_shared<DiskFiles>(named->second);
  }
  return projects_.emplace(std::move(key), std::move(made)).first->second;
}

// `host/group/project/name@version`: the project is what settings know, the name what is left.
FileAnswer Sources::read_component(std::string_view address) {
  const std::size_t at = address.rfind('@');
  const std::size_t host = address.find('/');
  if (at == std::string_view::npos || host == std::string_view::npos || host > at) return {};
  const std::string_view path = address.substr(host + 1, at - host - 1);
  const std::string_view wanted = address.substr(at + 1);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string owner(path.substr(0, slash));
  const std::string name(path.substr(slash + 1));
  const auto named = settings_.projects.find(lower(owner));
  if (named == settings_.projects.end()) return answer(Status::denied, std::string(kNotNamed));
  const auto repository = GitRepository::open(named->second);
  const std::string version = repository ? resolve_version(wanted, repository->tags()) : std::string(wanted);
  const Project& source = project(owner, repository ? version : std::string());
  if (source.status != Status::found) return answer(source.status);
  std::string file = "templates/" + name + ".yml";
  FileAnswer found = source.read(file);
  if (found.status == Status::not_found) {
    file = "templates/" + name + "/template.yml";
    found = source.read(file);
  }
  found.path = std::move(file);
  found.component = {name, source.commit ? source.commit->sha() : std::string(),
                     release_of(version) ? version : std::string(), std::string(wanted)};
  found.project = owner;
  found.ref = repository ? version : std::string();
  return found;
}

FileAnswer Sources::read_remote(const std::string& address) const {
  if (options_.offline) {
    auto cached = cache_.find(address);
    if (cached) return answer(Status::found, std::move(*cached));
    return answer(Status::failed, "`--offline`: it is not in the cache");
  }
  HttpLimits limits;
  limits.timeout = settings_.remote_timeout;
  limits.private_hosts = settings_.remote_hosts;
  if (options_.progress != nullptr)
    limits.waiting = [&, text = "fetching " + address] { options_.progress->show(text); };
  HttpAnswer fetched = http_get(address, limits);
  if (options_.progress != nullptr) options_.progress->erase();
  if (!fetched.body) return answer(Status::failed, std::move(fetched.failure));
  cache_.store(address, *fetched.body);
  return answer(Status::found, std::move(*fetched.body));
}

FileAnswer Sources::read_template(std::string_view name) const {
  if (!settings_.templates) return answer(Status::failed, "`.willrun.yml` names no folder of templates");
  FileRequest request;
  request.path = name;
  return DiskFiles(*settings_.templates).read(request);
}

}  // namespace willrun::tools
