#include "server/api/includes.hpp"

#include <optional>

#include <fmt/format.h>

#include "common/text.hpp"

namespace willrun::server {

namespace {

// Where GitLab reads templates.
constexpr std::string_view kTemplates =
    "https://gitlab.com/gitlab-org/gitlab/-/raw/master/lib/gitlab/ci/templates/";

class Lister {
 public:
  Lister(Service& service, const CommitPlace& main) : service_(service), main_(main) {}

  Json item(const Include& include) const {
    const auto context = place_of(include.entry);
    return {{"type", to_string(include.origin)},
            {"location", include.location},
            {"blob", address(include, "blob")},
            {"raw", raw(include)},
            {"extra", extra(include)},
            {"context_project", context ? Json(context->project.path) : Json(nullptr)},
            {"context_sha", context ? Json(context->sha) : Json(nullptr)}};
  }

 private:
  // None: there is no such project or commit, as where its name holds what must not show.
  std::optional<CommitPlace> place_of(const IncludeHome& home) const {
    if (home.project.empty()) return main_;
    const Project* project = service_.configuration().find_project(home.project);
    if (project == nullptr) return std::nullopt;
    const ProjectRepository& repository = service_.creator().repository(*project);
    auto sha = repository.commit_of(home.ref.empty() ? repository.default_branch() : home.ref);
    return sha ? std::optional(CommitPlace{*project, std::move(*sha)}) : std::nullopt;
  }

  Json address(const Include& include, std::string_view kind) const {
    const auto place = include.path.empty() ? std::nullopt : place_of(include.file);
    if (!place) return nullptr;
    constexpr std::string_view kKept = "/!$&'()*+,;=:@";
    return fmt::format("{}/{}/-/{}/{}/{}", service_.configuration().url, place->project.path, kind, place->sha,
                       percent_encoded(include.path, kKept));
  }

  Json raw(const Include& include) const {
    switch (include.origin) {
      case FileOrigin::remote: return include.location;
      case FileOrigin::template_file: return std::string(kTemplates).append(include.location);
      case FileOrigin::component: return nullptr;
      default: return address(include, "raw");
    }
  }

  static Json extra(const Include& include) {
    if (include.origin != FileOrigin::project) return Json::object();
    return {{"project", tools::lower(include.file.project)},
            {"ref", include.file.ref.empty() ? "HEAD" : include.file.ref}};
  }

  Service& service_;
  const CommitPlace& main_;
};

}  // namespace

Json listed_includes(Service& service, const Config& config, const CommitPlace& main) {
  const Lister lister(service, main);
  Json list = Json::array();
  for (const Include& include : config.includes()) list.push_back(lister.item(include));
  return list;
}

}  // namespace willrun::server
