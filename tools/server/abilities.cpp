#include "server/abilities.hpp"

#include "common/git_facts.hpp"

namespace willrun::server {

bool may_create_pipelines(const Project& project, const User& user) {
  return Configuration::role(project, user) >= Role::developer;
}

bool may_set_variables(const Project& project, const User& user) {
  if (project.variables_by_no_one) return false;
  // Developer is no restriction at all.
  return project.variables_from <= Role::developer || Configuration::role(project, user) >= project.variables_from;
}

bool may_read(const Project& project, const User* user) {
  if (project.visibility == "public") return true;
  if (user == nullptr || user->blocked) return false;
  return project.visibility == "internal" || Configuration::role(project, *user) != Role::none;
}

bool may_read_code(const Project& project, const User* user) {
  if (!may_read(project, user)) return false;
  return project.visibility != "private" || Configuration::role(project, *user) >= Role::reporter;
}

bool is_protected(const Project& project, const std::string& default_branch, std::string_view ref) {
  return project.protected_refs ? tools::is_protected(*project.protected_refs, ref) : ref == default_branch;
}

}  // namespace willrun::server
