// Pipeline creation: GitLab's chain of checks around decide(), for one request.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <willrun/decision.hpp>
#include <willrun/trigger.hpp>

#include "server/configuration.hpp"
#include "server/programs.hpp"
#include "server/repositories.hpp"

namespace willrun::server {

// What a request asks for.
struct CreationRequest {
  const Project* project = nullptr;
  const User* user = nullptr;
  PipelineSource source = PipelineSource::trigger;
  std::string ref;
  std::string short_token;          // of source `trigger`
  std::vector<Variable> variables;  // TRIGGER_PAYLOAD included
  std::vector<std::pair<std::string, Value>> inputs;
};

// What came of it. `error` is GitLab's text; with `stored`, GitLab keeps a failed pipeline and answers 422, else 400.
struct Creation {
  ResolvedRef ref;
  Trigger trigger;
  Decision decision;
  std::shared_ptr<const Compiled> compiled;  // none: the configuration was not reached
  std::string error;                         // empty: the pipeline is made
  bool stored = false;
};

// Repositories and programs of all projects. Threads: any, concurrently.
class Creator {
 public:
  explicit Creator(const Configuration& configuration);

  const ProjectRepository& repository(const Project& project) const;
  // The order is GitLab's: abilities, ref, variables, number of inputs, configuration, rules. `iid` is the number that
  // rules of jobs see. With `may_load` false nothing slow is done: none when the configuration has to be loaded.
  std::optional<Creation> create(const CreationRequest& request, std::uint64_t iid, bool may_load);
  // The trigger of a request whose ref and commit are known, with all facts of project and user.
  Trigger trigger(const CreationRequest& request, const ResolvedRef& ref, const CommitFacts& facts,
                  std::uint64_t iid) const;
  // Where files of a project's commit come from, for this user.
  std::unique_ptr<tools::Sources> sources(const Project& project, const User* user, const std::string& sha) const;
  Programs::Counts counts() const { return programs_.counts(); }

 private:
  std::string refuse(const CreationRequest& request, const ResolvedRef& ref) const;
  std::shared_ptr<const Compiled> load(const CreationRequest& request, const Creation& creation,
                                       const std::string& place);

  const Configuration& configuration_;
  std::unordered_map<std::uint64_t, std::unique_ptr<ProjectRepository>> repositories_;  // by project
  Programs programs_;
};

// Whether a user may start pipelines, and set variables of theirs, in a project.
bool may_create_pipelines(const Project& project, const User& user);
bool may_set_variables(const Project& project, const User& user);

}  // namespace willrun::server
