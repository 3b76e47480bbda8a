// A server to try things on: one project, made from a folder.
#pragma once

#include <filesystem>
#include <string>

#include "server/server.hpp"

namespace willrun::server {

struct Demo {
  Configuration configuration;
  std::string access_token;  // of its one user, who owns the project
};

// `folder`: a git repository or plain files; `state`: where store and key go. Throws std::runtime_error.
Demo make_demo(const std::filesystem::path& folder, const std::filesystem::path& state);

// Makes a trigger token, and gives a text with it and what to type.
std::string introduce(const Demo& demo, const Running& running);

}  // namespace willrun::server
