// Tables of what a runner prepares, runs and keeps. None of it has weight for whether a job runs.
#include <array>

#include "model/checks.hpp"
#include "model/entries.hpp"
#include "model/findings.hpp"

namespace willrun::model {

namespace {

using enum Check;
using yaml::kNoNode;
using yaml::NodeId;

constexpr std::array kFlagRows = {Validation{"", boolean}};
constexpr std::array kStringsRows = {Validation{"", strings}};
constexpr Entry kFlag{.name = "boolean", .validations = kFlagRows};
constexpr Entry kStringList{.name = "strings", .validations = kStringsRows};

// image and services ------------------------------------------------------------------------------------------------

bool is_list_value(const Scope& scope) { return is(scope, ValueKind::sequence); }
bool is_string_value(const Scope& scope) { return is(scope, ValueKind::string); }

constexpr std::string_view kNotListed = "is not included in the list";
constexpr std::string_view kPullPolicies = "always|never|if-not-present";
constexpr std::array kPullPolicyRows = {
    Validation{"", string_or_strings},
    Validation{"", present},
    Validation{"", known_items, kPullPolicies, is_list_value},
    Validation{.attribute = "",
               .check = known_value,
               .argument = kPullPolicies,
               .applies = is_string_value,
               .message = kNotListed},
};
constexpr Entry kPullPolicy{.name = "pull_policy", .validations = kPullPolicyRows};

constexpr std::array kImageKeys = {
    Keyword{"pull_policy", &kPullPolicy},
    Keyword{"name"},
    Keyword{"entrypoint"},
    Keyword{"ports"},
    Keyword{"docker"},
    Keyword{"kubernetes"},
};
constexpr std::array kImageRows = {
    Validation{"", hash_or_string},
    Validation{"", disallowed_keys, "ports"},
    Validation{"name", string, {}, nullptr, true},
    Validation{"name", present, {}, nullptr, true},
    Validation{"entrypoint", strings},
    Validation{"executor_opts", executor_options, {}, is_map, true},
    Validation{"", known_keys, {}, is_map},
};

bool has_ports(const Scope& scope) { return has_present(scope, "ports"); }

// A service is an image that runs beside the job.
constexpr auto kServiceKeys =
    joined(kImageKeys, std::array{Keyword{"variables", &kServiceVariables}, Keyword{"command"}, Keyword{"alias"}});
constexpr auto kServiceRows = joined(kImageRows, std::array{
                                                     Validation{"command", string_or_strings},
                                                     Validation{"alias", string},
                                                     Validation{"alias", string, {}, has_ports, true},
                                                     Validation{"alias", present, {}, has_ports, true},
                                                 });
constexpr Entry kService{.name = "service", .validations = kServiceRows, .keywords = kServiceKeys, .text_key = "name"};
constexpr std::array kServicesRows = {Validation{"", array}};

// cache -------------------------------------------------------------------------------------------------------------

constexpr std::array kCacheKeyTextRows = {Validation{"", cache_key}};
constexpr Entry kCacheKeyText{.name = "key", .validations = kCacheKeyTextRows};
constexpr std::array kCacheFilesRows = {
    Validation{"", strings},
    Validation{.attribute = "", .check = fewest_items, .argument = "1", .message = "requires at least 1 item"},
    Validation{.attribute = "", .check = most_entries, .argument = "2", .message = "has too many items (maximum is 2)"},
};
constexpr Entry kCacheFiles{.name = "files", .validations = kCacheFilesRows};
constexpr std::array kCachePrefixRows = {Validation{"", string_or_symbol}, Validation{"", cache_key}};
constexpr Entry kCachePrefix{.name = "prefix", .validations = kCachePrefixRows};
constexpr std::array kCacheKeyMapKeys = {Keyword{"files", &kCacheFiles}, Keyword{"files_commits", &kCacheFiles},
                                         Keyword{"prefix", &kCachePrefix}};
constexpr std::array kCacheKeyMapRows = {
    Validation{"", hash},
    Validation{"", known_keys},
    Validation{"", exactly_one_key, "files|files_commits"},
};
constexpr Entry kCacheKeyMap{.name = "key", .validations = kCacheKeyMapRows, .keywords = kCacheKeyMapKeys};
constexpr Entry kNoCacheKey{.name = "key", .refusal = "{} should be a hash, a string or a symbol"};

const Entry* choose_cache_key(const Scope& scope) {
  if (is_text(scope.tree(), scope.config)) return &kCacheKeyText;
  return is_map(scope) ? &kCacheKeyMap : &kNoCacheKey;
}
constexpr Entry kCacheKey{.name = "key", .choose = choose_cache_key};

bool has_policy(const Scope& scope) { return has_present(scope, "policy"); }

constexpr std::array kCacheKeys = {
    Keyword{"key", &kCacheKey},
    Keyword{"unprotect", &kFlag},
    Keyword{"untracked", &kFlag},
    Keyword{"paths", &kStringList},
    Keyword{"when"},
    Keyword{"policy"},
    Keyword{"fallback_keys"},
};
// GitLab tests the kind of a cache twice and says so twice.
constexpr std::array kCacheRows = {
    Validation{"", hash},
    Validation{"", hash},
    Validation{"", known_keys},
    Validation{"policy", string, {}, has_policy},
    Validation{"policy", cache_policy, {}, has_policy},
    Validation{"when", string},
    Validation{"when", one_of, "on_success|on_failure|always"},
    Validation{"fallback_keys", strings},
    Validation{.attribute = "fallback_keys",
               .check = most_entries,
               .argument = "5",
               .message = "has to many entries (maximum 5)"},
};
constexpr Entry kCache{
    .name = "cache", .validations = kCacheRows, .keywords = kCacheKeys, .place = Place::beside, .renamed = true};
constexpr std::array kCachesRows = {
    Validation{"", hash_or_array},
    Validation{.attribute = "",
               .check = most_entries,
               .argument = "4",
               .applies = is_list_value,
               .message = "no more than 4 caches can be created"},
};

// artifacts ---------------------------------------------------------------------------------------------------------

constexpr std::array kCoverageReportKeys = {Keyword{"coverage_format"}, Keyword{"path"}};
constexpr std::array kCoverageReportRows = {
    Validation{"", hash},
    Validation{"", known_keys},
    Validation{"path", string, {}, nullptr, true},
    Validation{"path", present, {}, nullptr, true},
    Validation{.attribute = "coverage_format",
               .check = one_of,
               .argument = "cobertura|jacoco",
               .judges_null = true,
               .message = "must be one of supported formats: cobertura, jacoco."},
};
constexpr Entry kCoverageReport{
    .name = "coverage_report", .validations = kCoverageReportRows, .keywords = kCoverageReportKeys};

constexpr std::array<std::string_view, 24> kReportNames = {
    "junit",
    "codequality",
    "sast",
    "secret_detection",
    "dast",
    "dependency_scanning",
    "container_scanning",
    "performance",
    "load_performance",
    "browser_performance",
    "license_scanning",
    "metrics",
    "lsif",
    "dotenv",
    "terraform",
    "accessibility",
    "coverage_fuzzing",
    "api_fuzzing",
    "cluster_image_scanning",
    "requirements",
    "requirements_v2",
    "cyclonedx",
    "annotations",
    "repository_xray",
};

constexpr auto report_keys() {
  std::array<Keyword, kReportNames.size() + 1> keys{};
  keys[0] = Keyword{"coverage_report", &kCoverageReport};
  for (std::size_t i = 0; i < kReportNames.size(); ++i) keys[i + 1] = Keyword{kReportNames[i]};
  return keys;
}
constexpr auto kReportsKeys = report_keys();

constexpr auto report_rows() {
  std::array<Validation, kReportNames.size() + 2> rows{};
  rows[0] = Validation{"", hash};
  rows[1] = Validation{"", known_keys};
  for (std::size_t i = 0; i < kReportNames.size(); ++i) rows[i + 2] = Validation{kReportNames[i], string_or_strings};
  return rows;
}
constexpr auto kReportsRows = report_rows();
constexpr Entry kReports{.name = "reports", .validations = kReportsRows, .keywords = kReportsKeys};

bool is_exposed(const Scope& scope) { return has_present(scope, "expose_as"); }

constexpr std::array kArtifactsKeys = {
    Keyword{"reports", &kReports}, Keyword{"name"},      Keyword{"untracked"}, Keyword{"paths"},  Keyword{"when"},
    Keyword{"expire_in"},          Keyword{"expose_as"}, Keyword{"exclude"},   Keyword{"public"}, Keyword{"access"},
};
// GitLab tests the kind of artifacts twice and says so twice.
constexpr std::array kArtifactsRows = {
    Validation{"", hash},
    Validation{"", hash},
    Validation{"", known_keys},
    Validation{"", exclusive_keys, "access|public"},
    Validation{"paths", present, {}, is_exposed, true},
    Validation{"name", string},
    Validation{"public", boolean},
    Validation{"untracked", boolean},
    Validation{"paths", strings},
    Validation{.attribute = "paths",
               .check = without_stars,
               .applies = is_exposed,
               .message = "can't contain '*' when used with 'expose_as'"},
    Validation{"expose_as", string, {}, is_exposed},
    Validation{"expose_as", longest, "100", is_exposed},
    Validation{.attribute = "expose_as",
               .check = artifact_title,
               .applies = is_exposed,
               .message = "can contain only letters, digits, '-', '_' and spaces"},
    Validation{"exclude", strings},
    Validation{"reports", hash},
    Validation{"when", string},
    Validation{"when", one_of, "on_success|on_failure|always"},
    Validation{"expire_in", duration_or_never},
    Validation{"access", string},
    Validation{"access", one_of, "none|developer|maintainer|all"},
};

// retry -------------------------------------------------------------------------------------------------------------

// Why a job may have failed, as `retry:when` names it.
constexpr std::string_view kFailures =
    "always|unknown_failure|script_failure|api_failure|stuck_or_timeout_failure|runner_system_failure|"
    "missing_dependency_failure|runner_unsupported|runner_provisioning_timeout|stale_schedule|job_execution_timeout|"
    "archived_failure|unmet_prerequisites|scheduler_failure|data_integrity_failure|forward_deployment_failure|"
    "protected_environment_failure|pipeline_loop_detected|upstream_bridge_project_not_found|"
    "invalid_bridge_trigger|downstream_bridge_project_not_found|insufficient_bridge_permissions|"
    "insufficient_upstream_permissions|bridge_pipeline_is_child_pipeline|downstream_pipeline_creation_failed|"
    "secrets_provider_not_found|reached_max_descendant_pipelines_depth|reached_max_pipeline_hierarchy_size|"
    "project_deleted|user_blocked|ci_quota_exceeded|no_matching_runner|trace_size_exceeded|builds_disabled|"
    "environment_creation_failure|deployment_rejected|ip_restriction_failure|failed_outdated_deployment_job|"
    "reached_downstream_pipeline_trigger_rate_limit";

constexpr std::array kRetryTimesRows = {Validation{"", whole_number, "0|2"}};
constexpr Entry kRetryTimes{.name = "retry", .validations = kRetryTimesRows, .place = Place::alone, .renamed = true};
bool has_list_of_failures(const Scope& scope) {
  const NodeId when = scope.attribute("when");
  return when != kNoNode && scope.tree().is_sequence(when);
}
bool has_one_failure(const Scope& scope) {
  const NodeId when = scope.attribute("when");
  return when != kNoNode && scope.tree().is_string(when);
}
constexpr std::array kRetryMapKeys = {Keyword{"max"}, Keyword{"when"}, Keyword{"exit_codes"}};
constexpr std::array kRetryMapRows = {
    Validation{"", known_keys},
    Validation{"max", whole_number, "0|2"},
    Validation{"when", string_or_strings},
    Validation{"when", known_items, kFailures, has_list_of_failures},
    Validation{.attribute = "when",
               .check = known_value,
               .argument = kFailures,
               .applies = has_one_failure,
               .message = kNotListed},
    Validation{"exit_codes", integer_or_integers},
};
constexpr Entry kRetryMap{
    .name = "retry", .validations = kRetryMapRows, .keywords = kRetryMapKeys, .place = Place::alone, .renamed = true};
constexpr Entry kNoRetry{.name = "retry",
                         .refusal = "{} config has to be either an integer or a hash",
                         .place = Place::alone,
                         .renamed = true};

const Entry* choose_retry(const Scope& scope) {
  if (is(scope, ValueKind::integer)) return &kRetryTimes;
  return is_map(scope) ? &kRetryMap : &kNoRetry;
}

// the rest ----------------------------------------------------------------------------------------------------------

constexpr std::array kCommandRows = {Validation{"", string_or_nested_strings}};
constexpr std::array kHashRows = {Validation{"", hash}};
constexpr std::array kTagsRows = {Validation{"", strings}, Validation{"", fewer_tags, "50"}};
constexpr std::array kTimeoutRows = {Validation{"", duration}, Validation{"", duration_within_month}};
constexpr std::array kCoverageRows = {Validation{"", pattern}};
constexpr std::array kHooksKeys = {Keyword{"pre_get_sources_script", &kCommands}};
// GitLab tests the kind of hooks twice and says so twice.
constexpr std::array kHooksRows = {Validation{"", hash}, Validation{"", hash}, Validation{"", known_keys}};
constexpr std::array kIdTokenKeys = {Keyword{"aud"}};
constexpr std::array kIdTokenRows = {Validation{"", required_keys, "aud"}, Validation{"", known_keys},
                                     Validation{"aud", string_or_strings, {}, nullptr, true}};
constexpr Entry kIdToken{.name = "id_token", .validations = kIdTokenRows, .keywords = kIdTokenKeys};

}  // namespace

constexpr Entry kImage{.name = "image", .validations = kImageRows, .keywords = kImageKeys, .text_key = "name"};
constexpr Entry kServices{.name = "services", .validations = kServicesRows, .items = &kService};
constexpr Entry kCaches{.name = "caches", .validations = kCachesRows, .items = &kCache, .renamed = true};
constexpr Entry kArtifacts{.name = "artifacts", .validations = kArtifactsRows, .keywords = kArtifactsKeys};
constexpr Entry kRetry{.name = "retry", .choose = choose_retry};
constexpr Entry kCommands{.name = "commands", .validations = kCommandRows};
constexpr Entry kTags{.name = "tags", .validations = kTagsRows};
constexpr Entry kTimeout{.name = "timeout", .validations = kTimeoutRows};
constexpr Entry kCoverage{.name = "coverage", .validations = kCoverageRows};
constexpr Entry kHooks{.name = "hooks", .validations = kHooksRows, .keywords = kHooksKeys};
constexpr Entry kIdTokens{.name = "id_tokens", .validations = kHashRows, .values = &kIdToken};

}  // namespace willrun::model
