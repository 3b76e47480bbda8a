// Pipeline creation: GitLab's chain of checks around decide(), for one request.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <willrun/decision.hpp>
#include <willrun/trigger.hpp>

#include "server/configuration.hpp"
#include "server/parameters.hpp"
#include "server/programs.hpp"
#include "server/repositories.hpp"

namespace willrun::server {

// What a request asks for.
struct CreationRequest {
  const Project* project = nullptr;
  const User* user = nullptr;
  PipelineSource source = PipelineSource::trigger;
  std::string ref;
  std::string target_branch;                        // of a merge request; empty: the default branch
  std::string short_token;                          // of source `trigger`
  std::vector<Variable> variables;                  // TRIGGER_PAYLOAD included
  Json inputs;                                      // a map, or null
  std::function<std::uint64_t()> iid;               // the number that rules of jobs see; asked where they may name it
  std::function<bool(const std::string&)> limited;  // whether there were too many pipelines on a commit; none: never
  bool wants_trigger = false;                       // what is decided is looked at again with its trigger
};

// What came of it. With `stored` GitLab keeps a failed pipeline and answers 422, else 400.
struct Creation {
  ResolvedRef ref;
  std::uint64_t iid = 0;                     // 0: it was not asked for
  std::shared_ptr<const Compiled> compiled;  // none: the configuration was not reached
  std::shared_ptr<const Decided> decided;
  Trigger trigger;  // with `wants_trigger` only
};

// What a creation may wait for.
enum class MayWait : std::uint8_t {
  for_nothing,
  for_files,  // a configuration that has to be loaded
  for_all,    // and the store, which gives the number
};

// Repositories and programs of all projects. Threads: any, concurrently. The configuration outlives it.
class Creator {
 public:
  // `before`: of another configuration, with which repositories and programs are shared as far as both agree on them.
  explicit Creator(const Configuration& configuration, const Creator* before = nullptr);

  const ProjectRepository& repository(const Project& project) const;
  // The order is GitLab's: abilities, ref, variables, rate, number of inputs, configuration, rules. None: it has to
  // wait for something that it may not wait for, and nothing has come of it.
  std::optional<Creation> create(const CreationRequest& request, MayWait may_wait) const;
  // Loads with what a creation knows of ref and commit; `mode` lint for GitLab's CI lint.
  Config load(const CreationRequest& request, const Trigger& trigger, LoadMode mode, bool* read_elsewhere = nullptr,
              const std::string* content = nullptr) const;
  // A trigger with all facts of project, user and commit. None: the commit cannot be read.
  std::optional<Trigger> trigger(const CreationRequest& request, const ResolvedRef& ref) const;
  Programs::Counts counts() const { return programs_->counts(); }

 private:
  // Files of another project, as `rules:exists:project` of this user sees them.
  ProjectTree project_tree(const User* user, const std::string& path, const std::string& ref) const;
  // What a decision stands on beside the configuration; empty where no two calls have it in common.
  std::string decision_key(const CreationRequest& request, const ResolvedRef& ref, const Compiled& compiled) const;
  // With a key the decision is remembered under it, unless its rules ask for what may move: `moving` is true then.
  static std::shared_ptr<const Decided> decide_anew(const Creation& creation, const std::string& key, Trigger& trigger,
                                                    const bool& moving);

  // Generations are numbers in the keys of programs and decisions. What depends on something that another
  // configuration says otherwise has another number there, so that neither finds what was made for the other one,
  // though they share the programs and requests of both are under way.
  using Generation = std::uint64_t;
  struct ServedProject {
    std::shared_ptr<const ProjectRepository> repository;
    Generation generation = 0;       // of the project's own settings, and of what holds for all projects
    bool settings_name_own = false;  // TRIGGER_PAYLOAD or CI_PIPELINE_IID stands in a variable
  };
  ServedProject prepare(const Project& project, const Creator* before) const;
  const ServedProject& served(const Project& project) const { return projects_.at(project.id); }
  Generation generation_of(const User& user) const;
  std::string place_of(const CreationRequest& request, const std::string& sha) const;

  const Configuration& configuration_;
  std::unordered_map<std::uint64_t, ServedProject> projects_;  // by id
  std::unordered_map<std::uint64_t, Generation> users_;        // likewise
  Generation surroundings_ = 0;                                // of what files may include from elsewhere
  std::shared_ptr<Programs> programs_;
};

// GitLab's text where it refuses before it looks at variables and configuration: abilities, then the ref. Empty: it
// goes on.
std::string early_error(const CreationRequest& request, const ProjectRepository& repository, const ResolvedRef& ref);

// A message as GitLab stores it: tags removed, `<`, `>` and `&` as entities.
std::string sanitized(std::string_view message);

// Input values of a request with their types.
Value to_value(const Json& json);

}  // namespace willrun::server
