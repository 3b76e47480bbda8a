// Included files as GitLab's lint lists them.
#pragma once

#include <string>

#include <willrun/config.hpp>

#include "server/configuration.hpp"
#include "server/service.hpp"

namespace willrun::server {

// A project at a commit.
struct CommitPlace {
  const Project& project;
  std::string sha;
};

// A list of maps: type, location, addresses of the file (`blob` to look at, `raw` to fetch; null where there is none),
// `extra`, and the project and commit in which the entry stands. `main`: where the configuration itself stands.
Json listed_includes(Service& service, const Config& config, const CommitPlace& main);

}  // namespace willrun::server
