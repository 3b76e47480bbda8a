// How a pipeline would be started: source, ref, commit, variables at their levels, inputs and git facts. A plain value,
// made by a preset function and then changed field by field.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <willrun/value.hpp>
#include <willrun/variables.hpp>

namespace willrun {

// CI_PIPELINE_SOURCE. `unknown` prints as "" (static lint has no source).
enum class PipelineSource : std::uint8_t {
  unknown,
  push,
  web,
  trigger,
  schedule,
  api,
  external,
  pipeline,
  chat,
  webide,
  merge_request_event,
  external_pull_request_event,
  parent_pipeline,
  ondemand_dast_scan,
  ondemand_dast_validation,
  security_orchestration_policy,
  container_registry_push,
  duo_workflow,
  pipeline_execution_policy_schedule,
  dependency_management_security_update,
};

// GitLab's word for a source ("merge_request_event"), and back.
std::string_view to_string(PipelineSource source);
std::optional<PipelineSource> parse_source(std::string_view word);

// What the pipeline stands on: decides which of CI_COMMIT_BRANCH, CI_COMMIT_TAG and CI_MERGE_REQUEST_* exist.
enum class RefKind : std::uint8_t { branch, tag, merge_request };

// A variable of the instance's, a group's or the project's settings.
struct SettingVariable {
  Variable variable;
  bool is_protected = false;            // only pipelines on protected refs see it
  std::string environment_scope = "*";  // only jobs with an environment of such a name see it: "production", "review/*"

  friend bool operator==(const SettingVariable&, const SettingVariable&) = default;
};

// The merge request of a merge request pipeline, for CI_MERGE_REQUEST_*. Its source branch is Trigger::ref.
struct MergeRequest {
  std::uint64_t id = 1;   // of the whole instance
  std::uint64_t iid = 1;  // inside its project
  std::string title;
  std::string description;
  std::string target_branch = "main";
  bool target_protected = false;
  bool source_protected = false;
  std::string source_project_path;  // empty: the project itself; else a fork
  bool draft = false;
  bool squash = false;  // squash on merge
  std::vector<std::string> labels;
  std::vector<std::string> assignees;
  std::string milestone;
  // Tips of the two branches; given, the pipeline runs on the merged result.
  std::string source_sha;
  std::string target_sha;
  bool train = false;  // on a merge train
};

// The trigger job that started a multi-project or child pipeline.
struct Upstream {
  std::uint64_t pipeline_id = 0;
  std::uint64_t project_id = 0;
  std::uint64_t job_id = 0;
};

// The pull request of another forge that a mirror brought, for CI_EXTERNAL_PULL_REQUEST_*.
struct ExternalPullRequest {
  std::uint64_t iid = 1;
  std::string source_repository;  // "owner/name"
  std::string target_repository;
  std::string source_branch;
  std::string source_sha;
  std::string target_branch = "main";
  std::string target_sha;
};

// What was written in a chat, for CHAT_*. Only the job named like the command may run.
struct Chat {
  std::string command;
  std::string input;
  std::string channel;
  std::string user_id;
};

// The release of a tag, for CI_RELEASE_*.
struct Release {
  std::string name;
  std::string description;
};

// The files of another project at one ref, as the user of the pipeline may see them.
struct ProjectTree {
  enum class Status : std::uint8_t {
    found,
    denied,  // no such project, or the user may not read its code
    unknown_ref,
  };
  Status status = Status::found;
  std::vector<std::string> paths;
};

struct Trigger {
  PipelineSource source = PipelineSource::push;
  RefKind ref_kind = RefKind::branch;
  std::string ref =
      "main";  // branch or tag name without refs/heads/ or refs/tags/; of a merge request its source branch
  std::string default_branch = "main";
  std::string sha = std::string(40, 'a');
  std::string before_sha = std::string(40, '0');  // all zeros: not an update of an existing branch
  std::string commit_message = "Update";
  std::string commit_author = "Dev <dev@example.com>";
  std::string commit_timestamp = "2026-01-02T03:04:05+00:00";  // ISO 8601
  bool ref_protected = false;

  std::uint64_t pipeline_iid = 1;  // CI_PIPELINE_IID, which only rules of jobs see
  std::optional<MergeRequest> merge_request;
  std::optional<Upstream> upstream;
  std::string schedule_description;
  std::vector<std::string> open_merge_requests;  // of this branch, newest first: "group/project!4"
  std::optional<Chat> chat;
  std::optional<ExternalPullRequest> external_pull_request;
  std::optional<Release> release;  // counts for tags only
  bool deploy_freeze = false;
  bool skip_option = false;  // the push option ci.skip

  std::uint64_t project_id = 1;
  std::uint64_t namespace_id = 1;
  std::uint64_t user_id = 1;
  std::string project_visibility = "private";  // private, internal, public
  std::string project_path = "group/project";
  std::string server_url = "https://gitlab.example.com";
  std::string config_path = ".gitlab-ci.yml";
  std::string user_login = "user1";
  std::string user_name = "User One";
  std::string user_email = "u@example.com";
  std::string trigger_short_token = "abcd";  // first four characters of the token; used by source `trigger` only

  // Variables given with the trigger (form, API, push option, upstream job): they override everything in the file.
  std::vector<Variable> variables;
  // Variables of settings, each level over those before it; `group_variables` holds a list for each group, the
  // outermost first. Those of a schedule override even `variables`.
  std::vector<SettingVariable> instance_variables;
  std::vector<std::vector<SettingVariable>> group_variables;
  std::vector<SettingVariable> project_variables;
  // Of integrations such as Kubernetes; below those of the file, and seen by jobs with an environment only.
  std::vector<SettingVariable> deployment_variables;
  std::vector<Variable> schedule_variables;
  // Values for spec:inputs, in the order given. Texts are coerced as GitLab coerces form fields.
  std::vector<std::pair<std::string, Value>> inputs;

  // Files that this change touches. Only a push to an existing branch and a merge request compare; every other source
  // answers `changes` with true.
  std::optional<std::vector<std::string>> changed_files;
  // What `rules:changes:compare_to` compares with: refs that exist, with the paths that differ from them.
  std::vector<std::pair<std::string, std::vector<std::string>>> compare;
  // Asked for refs that are not in `compare`: the paths that differ between the merge base with the ref and `sha`; no
  // value: there is no such ref. Threads: called by decide().
  std::function<std::optional<std::vector<std::string>>(const std::string& ref)> compare_with;
  // Paths of other projects, for `rules:exists:project`; by full path, and whatever the ref.
  std::vector<std::pair<std::string, std::vector<std::string>>> project_trees;
  // Asked for projects that are not in `project_trees`; an empty ref is the default branch. Threads: called by load()
  // and decide().
  std::function<ProjectTree(const std::string& project, const std::string& ref)> project_tree;
  // The user may give `variables`.
  bool may_set_variables = true;
  // Paths of the repository at `sha`, for `exists`; nullopt: nothing is known of the tree.
  std::optional<std::vector<std::string>> tree;

  // The project has a working Kubernetes cluster, for `only:kubernetes`.
  bool kubernetes_active = false;

  // Whether `rules:changes` compares files for this trigger, or is always true.
  bool compares_changes() const;
  // Whether [skip ci] in the commit message counts for this source.
  bool honours_skip() const;

  // The name of `merge_request`'s kind of pipeline: detached, merged_result or merge_train.
  std::string_view merge_request_event() const;

  static Trigger push(std::string branch);  // an update of an existing branch: before_sha is set
  static Trigger push_tag(std::string tag);
  static Trigger by_merge_request(std::string source_branch, std::string target_branch);
  static Trigger by_web(std::string ref);
  static Trigger by_api(std::string ref);
  static Trigger by_schedule(std::string ref);
  // The trigger endpoint with a trigger token, and with the token of a job. A webhook calls the first one with its body
  // as `payload`. `payload`: the JSON of all parameters of the call, in TRIGGER_PAYLOAD; empty: that of a call with
  // nothing but the ref.
  static Trigger by_token(std::string ref, std::string payload = {});
  static Trigger by_job_token(std::string ref, std::string payload = {});
  // A trigger job: of another project, and of `parent` itself, whose ref, commit and merge request the child has.
  static Trigger by_upstream(std::string ref, Upstream upstream);
  static Trigger by_parent(const Trigger& parent, Upstream upstream);
  static Trigger by_chat(std::string default_branch, Chat chat);
  static Trigger by_external_pull_request(ExternalPullRequest request);
};

// One of the usual ways in which a pipeline starts: "push main", "push tag", "mr", "schedule" ...
struct UsualTrigger {
  std::string name;
  Trigger trigger;
};
// Pushes to the default branch, to another one and of a tag, a merge request, schedule, web, API and trigger token, all
// with the facts of one trigger: project, commit, variables, inputs.
std::vector<UsualTrigger> usual_triggers(const Trigger& facts);

// The predefined variables (CI_*, GITLAB_*) that workflow and job rules see for this trigger, lowest precedence first.
// Sources of the facts: documentation of predefined variables; conformance categories `predefined` and `source`.
std::vector<Variable> predefined_variables(const Trigger& trigger);

}  // namespace willrun
