// Included files as GitLab's lint lists them.
#pragma once

#include <string>

#include <willrun/config.hpp>

#include "server/call.hpp"
#include "server/configuration.hpp"

namespace willrun::server {

// A project at a commit.
struct CommitPlace {
  const Project& project;
  std::string sha;
};

// A list of maps: type, location, addresses of the file (`blob` to look at, `raw` to fetch; null where there is none),
// `extra`, and the project and commit in which the entry stands. `main`: where the configuration itself stands; `user`:
// who reads the list, or nobody.
Json listed_includes(const Call& call, const Config& config, const CommitPlace& main, const User* user);

}  // namespace willrun::server
