// GET /projects and the names of a project's branches and tags: of GitLab's fields those that this server knows.
#include <algorithm>

#include "common/text.hpp"
#include "server/abilities.hpp"
#include "server/access.hpp"
#include "server/api/answers.hpp"
#include "server/api/endpoints.hpp"

namespace willrun::server::api {

namespace {

std::string with_blanks(const std::string& path) {
  std::string out;
  for (const char c : path) out.append(c == '/' ? " / " : std::string(1, c));
  return out;
}

Json access_level(const Project& project, const User* user) {
  const Role role = user == nullptr ? Role::none : Configuration::role(project, *user);
  return role == Role::none ? Json(nullptr) : Json{{"access_level", static_cast<int>(role)}};
}

Json project_json(const Call& call, const Project& project, const User* user) {
  const std::string name = project.path.substr(project.path.rfind('/') + 1);
  return {{"id", project.id},
          {"description", nullptr},
          {"name", name},
          {"name_with_namespace", with_blanks(project.path)},
          {"path", name},
          {"path_with_namespace", project.path},
          {"default_branch", call.creator().repository(project).default_branch()},
          {"visibility", project.visibility},
          {"web_url", call.configuration().url + "/" + project.path},
          {"permissions", {{"project_access", access_level(project, user)}, {"group_access", nullptr}}}};
}

// GitLab's `search`: part of a name, `^` its beginning, `$` its end.
bool is_found(std::string_view name, std::string_view search) {
  if (search.starts_with('^')) return name.starts_with(search.substr(1));
  if (search.ends_with('$')) return name.ends_with(search.substr(0, search.size() - 1));
  return name.find(search) != std::string_view::npos;
}

Json branch_json(const Call& call, const Project& project, const std::string& name) {
  const ProjectRepository& repository = call.creator().repository(project);
  return {{"name", name},
          {"commit", {{"id", repository.resolve("refs/heads/" + name).sha}}},
          {"protected", is_protected(project, repository.default_branch(), name)},
          {"default", name == repository.default_branch()}};
}

Json tag_json(const Call& call, const Project& project, const std::string& name) {
  const ProjectRepository& repository = call.creator().repository(project);
  return {{"name", name},
          {"commit", {{"id", repository.resolve("refs/tags/" + name).sha}}},
          {"protected", project.protected_refs && is_protected(project, repository.default_branch(), name)}};
}

template <class ToJson>
void answer_names(const CallPointer& call, const Project& project, std::vector<std::string> names, ToJson to_json) {
  const Paging wanted = paging(*call);
  const std::string search = call->text("search").value_or("");
  std::erase_if(names, [&](const std::string& name) { return !is_found(name, search); });
  const Json items =
      items_of_page(wanted, names.size(), [&](std::size_t i) { return to_json(*call, project, names[i]); });
  answer_page(*call, items, wanted, names.size());
}

}  // namespace

// The newest first, as GitLab lists them.
void list_projects(const CallPointer& call) {
  Checks checks;
  const Paging wanted = paging(*call, checks);
  std::string search;
  bool members_only = false;
  checks([&] { search = tools::lower(call->text("search").value_or("")); });
  checks([&] { members_only = call->flag("membership"); });
  checks.finish();
  const User* user = current_user(*call);
  std::vector<const Project*> seen;
  for (const Project& project : call->configuration().projects) {
    const bool is_member = user != nullptr && Configuration::role(project, *user) != Role::none;
    if (!may_read(project, user) || (members_only && !is_member)) continue;
    if (tools::lower(project.path).find(search) != std::string::npos) seen.push_back(&project);
  }
  std::ranges::sort(seen, [](const Project* a, const Project* b) { return a->id > b->id; });
  const Json items =
      items_of_page(wanted, seen.size(), [&](std::size_t i) { return project_json(*call, *seen[i], user); });
  answer_page(*call, items, wanted, seen.size());
}

void list_branches(const CallPointer& call) {
  const Member member = require_reader(*call);
  answer_names(call, member.project, call->creator().repository(member.project).branches(), branch_json);
}

void list_tags(const CallPointer& call) {
  const Member member = require_reader(*call);
  auto names = call->creator().repository(member.project).tags();
  std::ranges::reverse(names);
  answer_names(call, member.project, std::move(names), tag_json);
}

}  // namespace willrun::server::api
