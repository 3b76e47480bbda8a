// Who asks, and what they may do: GitLab's answers in its order.
#pragma once

#include "server/call.hpp"
#include "server/configuration.hpp"

namespace willrun::server {

// The user of `private_token`, `PRIVATE-TOKEN`, `access_token` or `Authorization: Bearer`, the first that is given;
// none: nobody is named. A token that is not known throws 401, that of a blocked user 403.
const User* current_user(const Call& call);

// For endpoints that ask who it is before they look at parameters: throws 401 for nobody, and what current_user() does.
void require_user(const Call& call);

struct Member {
  const Project& project;
  const User* user;  // none: somebody who named nobody, in a public project
  Role role;
};
// The project of the path for somebody who may see it; throws 404 `Project Not Found` otherwise.
Member visible_project(const Call& call);
// The same for a user with at least this role: 401 for nobody, 403 for a role too low.
Member require_role(const Call& call, Role least);
// For reading pipelines: anybody in public projects, any user in internal ones, else Reporter.
Member require_reader(const Call& call);

// Counts a call of a token against its limit; throws 429 when there were too many.
void count_call(const Call& call, std::string_view token);

}  // namespace willrun::server
