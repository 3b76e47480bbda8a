#include "eval/known_variables.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "eval/predefined.hpp"
#include "eval/scope.hpp"

namespace willrun::eval {

namespace {

// Not in the evaluator's table: they depend on the instance or on the user.
constexpr std::array<std::string_view, 32> kElsewhere = {"AUTO_DEVOPS_EXPLICITLY_ENABLED",
                                                         "CI_BUILD_BEFORE_SHA",
                                                         "CI_COMMIT_DEFAULT_BRANCH_BASE_SHA",
                                                         "CI_DEPENDENCY_PROXY_DIRECT_GROUP_IMAGE_PREFIX",
                                                         "CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX",
                                                         "CI_DEPENDENCY_PROXY_PASSWORD",
                                                         "CI_DEPENDENCY_PROXY_SERVER",
                                                         "CI_DEPENDENCY_PROXY_USER",
                                                         "CI_GITLAB_FIPS_MODE",
                                                         "CI_HAS_OPEN_REQUIREMENTS",
                                                         "CI_MERGE_REQUEST_APPROVED",
                                                         "CI_MERGE_REQUEST_DIFF_BASE_SHA",
                                                         "CI_MERGE_REQUEST_DIFF_ID",
                                                         "CI_PAGES_DOMAIN",
                                                         "CI_PAGES_HOSTNAME",
                                                         "CI_PIPELINE_CREATED_AT",
                                                         "CI_PIPELINE_NAME",
                                                         "CI_PROJECT_CLASSIFICATION_LABEL",
                                                         "CI_PROJECT_DESCRIPTION",
                                                         "CI_PROJECT_REPOSITORY_LANGUAGES",
                                                         "CI_PROJECT_ROOT_NAMESPACE_SLUG",
                                                         "CI_PROJECT_TOPICS",
                                                         "CI_REGISTRY",
                                                         "CI_REGISTRY_IMAGE",
                                                         "CI_SERVER_REVISION",
                                                         "CI_SERVER_SHELL_SSH_HOST",
                                                         "CI_SERVER_SHELL_SSH_PORT",
                                                         "CI_SERVER_VERSION",
                                                         "CI_SERVER_VERSION_MAJOR",
                                                         "CI_SERVER_VERSION_MINOR",
                                                         "CI_SERVER_VERSION_PATCH",
                                                         "GITLAB_FEATURES"};

// Switches that people turn, in settings or when they start a pipeline, and what a webhook brings.
constexpr std::array<std::string_view, 7> kByPeople = {
    "CI_DEBUG_SERVICES", "CI_DEBUG_TRACE", "INCREMENTAL_ROLLOUT_ENABLED", "INCREMENTAL_ROLLOUT_MODE", "KUBECONFIG",
    "STAGING_ENABLED",   "TRIGGER_PAYLOAD"};

constexpr std::array<std::string_view, 10> kOfJobs = {
    "CI_ENVIRONMENT_ACTION", "CI_ENVIRONMENT_NAME", "CI_ENVIRONMENT_TIER", "CI_ENVIRONMENT_URL", "CI_JOB_GROUP_NAME",
    "CI_JOB_MANUAL",         "CI_JOB_NAME",         "CI_JOB_NAME_SLUG",    "CI_JOB_STAGE",       "CI_NODE_INDEX"};

constexpr std::array<std::string_view, 46> kOfRunningJobs = {"CI_BUILDS_DIR",
                                                             "CI_BUILD_NETWORK_NAME",
                                                             "CI_CONCURRENT_ID",
                                                             "CI_CONCURRENT_PROJECT_ID",
                                                             "CI_DEPLOY_PASSWORD",
                                                             "CI_DEPLOY_USER",
                                                             "CI_DISPOSABLE_ENVIRONMENT",
                                                             "CI_ENVIRONMENT_ID",
                                                             "CI_ENVIRONMENT_SLUG",
                                                             "CI_JOB_ID",
                                                             "CI_JOB_IMAGE",
                                                             "CI_JOB_RETRY_COUNT",
                                                             "CI_JOB_STARTED_AT",
                                                             "CI_JOB_STARTED_AT_SLUG",
                                                             "CI_JOB_STATUS",
                                                             "CI_JOB_TAGS",
                                                             "CI_JOB_TIMEOUT",
                                                             "CI_JOB_TOKEN",
                                                             "CI_JOB_URL",
                                                             "CI_PAGES_URL",
                                                             "CI_PIPELINE_ID",
                                                             "CI_PIPELINE_URL",
                                                             "CI_PROJECT_DIR",
                                                             "CI_REGISTRY_PASSWORD",
                                                             "CI_REGISTRY_USER",
                                                             "CI_REPOSITORY_URL",
                                                             "CI_RUNNER_DESCRIPTION",
                                                             "CI_RUNNER_EXECUTABLE_ARCH",
                                                             "CI_RUNNER_ID",
                                                             "CI_RUNNER_REVISION",
                                                             "CI_RUNNER_SHORT_TOKEN",
                                                             "CI_RUNNER_TAGS",
                                                             "CI_RUNNER_VERSION",
                                                             "CI_SERVER",
                                                             "CI_SERVER_TLS_CA_FILE",
                                                             "CI_SERVER_TLS_CERT_FILE",
                                                             "CI_SERVER_TLS_KEY_FILE",
                                                             "CI_SHARED_ENVIRONMENT",
                                                             "CI_TRACEPARENT",
                                                             "CI_TRACESTATE",
                                                             "CI_JOB_JWT",
                                                             "CI_JOB_JWT_V1",
                                                             "CI_JOB_JWT_V2",
                                                             "CI_BUILD_ID",
                                                             "CI_BUILD_TOKEN",
                                                             "GITLAB_ENV"};

std::vector<KnownVariable> make_table() {
  std::vector<KnownVariable> all;
  for (const PredefinedRow& row : predefined_rows()) all.push_back({row.name, Seen::in_rules});
  for (const std::string_view name : kElsewhere) all.push_back({name, Seen::in_rules});
  for (const std::string_view name : kByPeople) all.push_back({name, Seen::in_rules, true});
  for (const std::string_view name : kOfJobs) all.push_back({name, Seen::in_job_rules});
  for (const std::string_view name : kOfRunningJobs) all.push_back({name, Seen::when_jobs_run});
  std::ranges::stable_sort(all, {}, &KnownVariable::name);
  const auto same = [](const KnownVariable& a, const KnownVariable& b) { return a.name == b.name; };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

}  // namespace

std::span<const KnownVariable> known_variables() {
  static const std::vector<KnownVariable> table = make_table();
  return table;
}

const KnownVariable* find_known(std::string_view name) {
  const auto table = known_variables();
  const auto found = std::ranges::lower_bound(table, name, {}, &KnownVariable::name);
  return found != table.end() && found->name == name ? &*found : nullptr;
}

bool is_gitlabs(std::string_view name) {
  const KnownVariable* known = find_known(name);
  return known != nullptr ? !known->by_people : is_job_name(name);
}

bool looks_like_gitlabs(std::string_view name) { return name.starts_with("CI_") || name.starts_with("GITLAB_"); }

}  // namespace willrun::eval
