// Who asks, and what they may see.
#pragma once

#include "server/call.hpp"

namespace willrun::server {

// The user of `PRIVATE-TOKEN`, `Authorization: Bearer`, `private_token` or `access_token`; none: nobody is named. A
// token that is not known, or of a blocked user, throws 401.
const User* current_user(const Call& call);

// The project of the path for a user token, at least with this role: 404 where it cannot be seen, 401 for nobody, 403
// for a role too low.
struct Member {
  const Project& project;
  const User& user;
  Role role;
};
Member require_role(const Call& call, Role least);

bool may_read(const Project& project, const User* user);

}  // namespace willrun::server
