// What users may do in projects, by their roles.
#pragma once

#include <string>
#include <string_view>

#include "server/configuration.hpp"

namespace willrun::server {

// Whether a user may start pipelines, and set variables of theirs, in a project.
bool may_create_pipelines(const Project& project, const User& user);
bool may_set_variables(const Project& project, const User& user);
bool may_read(const Project& project, const User* user);
// Whether a user, or nobody, may read the files: in a private project a Reporter, elsewhere whoever may read it.
bool may_read_code(const Project& project, const User* user);
// Names of protected branches and tags; the default branch where the configuration names none.
bool is_protected(const Project& project, const std::string& default_branch, std::string_view ref);

}  // namespace willrun::server
