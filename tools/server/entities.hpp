// JSON of what GitLab shows: pipelines, jobs, tokens, users.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/decision.hpp>
#include <willrun/variables.hpp>

#include "server/configuration.hpp"
#include "server/parameters.hpp"
#include "server/store.hpp"

namespace willrun::server {

std::string iso_time(Time time);  // "2026-01-02T03:04:05.678Z"
// ISO 8601 with or without a time; without an offset it is UTC. None: it is no date.
std::optional<Time> parse_time(std::string_view text);

Json user_basic(const Configuration& configuration, const User* user);
// The whole pipeline of a creation and of `GET /pipelines/:id`, and the shorter one of lists.
std::string pipeline_text(const Configuration& configuration, const Project& project, const Pipeline& pipeline);
Json pipeline_basic(const Configuration& configuration, const Project& project, const Pipeline& pipeline);
// `shown`: the whole token, or its first four characters.
Json trigger_token(const Configuration& configuration, const TriggerToken& token, std::string_view shown);
Json jobs(const Configuration& configuration, const Project& project, const Pipeline& pipeline,
          const std::vector<JobToken>& tokens);
Json variables(const Pipeline& pipeline);

// Jobs and variables as the store keeps them.
std::string stored_jobs(const Decision& decision);
std::string stored_variables(const std::vector<Variable>& variables);

}  // namespace willrun::server
