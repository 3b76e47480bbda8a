#include "server/api/includes.hpp"

#include <optional>

#include <fmt/format.h>

#include "common/text.hpp"
#include "server/abilities.hpp"
#include "server/creation.hpp"

namespace willrun::server {

namespace {

// Where GitLab reads templates.
constexpr std::string_view kTemplates = "https://gitlab.com/gitlab-org/gitlab/-/raw/master/lib/gitlab/ci/templates/";

class Lister {
 public:
  Lister(const Call& call, const CommitPlace& main, const User* user) : call_(call), main_(main), user_(user) {}

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
  // None: there is no such project or commit for this user, as where its name holds what must not show.
  std::optional<CommitPlace> place_of(const RepositoryPlace& home) const {
    if (home.project.empty()) return main_;
    const Project* project = call_.configuration().find_project(home.project);
    if (project == nullptr || !may_read_code(*project, user_)) return std::nullopt;
    const ProjectRepository& repository = call_.creator().repository(*project);
    auto sha = home.ref.empty() ? repository.default_commit() : repository.commit_of(home.ref);
    return sha ? std::optional(CommitPlace{*project, std::move(*sha)}) : std::nullopt;
  }

  Json address(const Include& include, std::string_view kind) const {
    const auto place = include.path.empty() ? std::nullopt : place_of(include.file);
    if (!place) return nullptr;
    constexpr std::string_view kKept = "/!$&'()*+,;=:@";
    return fmt::format("{}/{}/-/{}/{}/{}", call_.configuration().url, place->project.path, kind, place->sha,
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

  const Call& call_;
  const CommitPlace& main_;
  const User* user_;
};

}  // namespace

Json listed_includes(const Call& call, const Config& config, const CommitPlace& main, const User* user) {
  const Lister lister(call, main, user);
  Json list = Json::array();
  for (const Include& include : config.includes()) list.push_back(lister.item(include));
  return list;
}

}  // namespace willrun::server
