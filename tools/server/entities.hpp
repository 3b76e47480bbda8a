// JSON of what GitLab shows: pipelines, jobs, tokens, users.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/decision.hpp>
#include <willrun/trigger.hpp>

#include "server/configuration.hpp"
#include "server/json_text.hpp"
#include "server/parameters.hpp"
#include "server/store.hpp"

namespace willrun::server {

// What entities are shown with: addresses begin with the server's.
class Entities {
 public:
  explicit Entities(const Configuration& configuration) : configuration_(configuration) {}

  Json user(const User* user) const;                                             // null for none
  std::string pipeline(const Project& project, const Pipeline& pipeline) const;  // as text, since each trigger gets it
  Json pipeline_basic(const Project& project, const Pipeline& pipeline) const;   // of lists
  // `shown`: the whole token, or its first four characters.
  Json trigger_token(const TriggerToken& token, std::string_view shown) const;
  // Jobs of a whole pipeline; `bridges`: those that start other pipelines, or those that do not.
  Json jobs(const Project& project, const Pipeline& pipeline, const std::vector<JobToken>& tokens, bool bridges) const;

 private:
  static std::string pipeline_path(const Project& project, const Pipeline& pipeline);
  void write_user(JsonText& out, const User* user) const;
  void write_basic(JsonText& out, const Project& project, const Pipeline& pipeline) const;
  std::string project_url(const Project& project) const { return configuration_.url + "/" + project.path; }

  const Configuration& configuration_;
};

// Jobs and variables as the store keeps them, and variables as they are shown.
std::string stored_jobs(const Decision& decision, const Trigger& trigger);
// The answer to a dry run: a verdict without a pipeline. Small, since it may be asked for often.
std::string verdict_text(const Decision& decision);
std::string stored_variables(const std::vector<Variable>& variables);
Json shown_variables(const Pipeline& pipeline);

}  // namespace willrun::server
