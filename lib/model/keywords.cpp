#include "model/keywords.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "model/checks.hpp"
#include "model/entries.hpp"
#include "model/findings.hpp"

namespace willrun::model {

namespace {

using enum Check;
using yaml::kNoNode;
using yaml::NodeId;

bool is_delayed(const Scope& scope) { return attribute_is(scope, "when", "delayed"); }
bool is_not_delayed(const Scope& scope) { return !is_delayed(scope); }
bool has_rules(const Scope& scope) { return !is_blank(scope.tree(), scope.attribute("rules")); }
bool may_not_start_later(const Scope& scope) { return has_rules(scope) || !is_delayed(scope); }
bool has_ref(const Scope& scope) { return scope.attribute("ref") != kNoNode; }

// Conditions are judged once they are a list of texts.
bool has_condition_list(const Scope& scope) {
  const NodeId list = scope.attribute("variables");
  if (list == kNoNode || !scope.tree().is_sequence(list)) return false;
  const auto items = scope.tree().items(list);
  return std::all_of(items.begin(), items.end(), [&](NodeId item) { return scope.tree().is_string(item); });
}

// Rows that a whole value of one kind needs.
constexpr std::array kBooleanRows = {Validation{"", boolean}};
constexpr std::array kStringRows = {Validation{"", string}};
constexpr std::array kStagesRows = {Validation{"", nested_strings}};
constexpr Entry kBoolean{.name = "boolean", .validations = kBooleanRows};
constexpr Entry kString{.name = "string", .validations = kStringRows};
constexpr Entry kStages{.name = "stages", .validations = kStagesRows};

// rules: changes and exists -----------------------------------------------------------------------------------------

constexpr std::array kChangesListRows = {Validation{"", strings}, Validation{"", most_entries, "50"}};
constexpr Entry kChangesList{.name = "changes", .validations = kChangesListRows};
constexpr std::array kChangesKeys = {Keyword{"paths"}, Keyword{"compare_to"}};
constexpr std::array kChangesMapRows = {
    Validation{"", known_keys},
    Validation{"", required_keys, "paths"},
    Validation{"paths", strings, {}, nullptr, true},
    Validation{"paths", most_entries, "50", nullptr, true},
    Validation{"compare_to", string},
};
constexpr Entry kChangesMap{.name = "changes", .validations = kChangesMapRows, .keywords = kChangesKeys};
constexpr Entry kNoChanges{.name = "changes", .refusal = "{} should be an array or a hash"};

const Entry* choose_changes(const Scope& scope) {
  if (is(scope, ValueKind::sequence)) return &kChangesList;
  return is(scope, ValueKind::mapping) ? &kChangesMap : &kNoChanges;
}
constexpr Entry kChanges{.name = "changes", .choose = choose_changes};

constexpr Entry kExistsList{.name = "exists", .validations = kChangesListRows};
constexpr Entry kExistsText{.name = "exists"};
constexpr std::array kExistsKeys = {Keyword{"paths"}, Keyword{"project"}, Keyword{"ref"}};
constexpr std::array kExistsMapRows = {
    Validation{"", known_keys},
    Validation{"", required_keys, "paths"},
    Validation{"", required_keys, "project", has_ref},
    Validation{"paths", strings},
    Validation{"paths", most_entries, "50"},
    Validation{"project", string},
    Validation{"ref", string},
};
constexpr Entry kExistsMap{.name = "exists", .validations = kExistsMapRows, .keywords = kExistsKeys};
constexpr Entry kNoExists{.name = "exists", .refusal = "{} should be a string, an array of strings, or a hash"};

const Entry* choose_exists(const Scope& scope) {
  if (is(scope, ValueKind::string)) return &kExistsText;
  if (is(scope, ValueKind::sequence)) return &kExistsList;
  return is(scope, ValueKind::mapping) ? &kExistsMap : &kNoExists;
}
constexpr Entry kExists{.name = "exists", .choose = choose_exists};

// Includes may look for any number of paths.
constexpr std::array kManyExistsListRows = {Validation{"", strings}};
constexpr Entry kManyExistsList{.name = "exists", .validations = kManyExistsListRows};
constexpr std::array kManyExistsMapRows = {
    Validation{"", known_keys},
    Validation{"", required_keys, "paths"},
    Validation{"", required_keys, "project", has_ref},
    Validation{"paths", strings},
    Validation{"project", string},
    Validation{"ref", string},
};
constexpr Entry kManyExistsMap{.name = "exists", .validations = kManyExistsMapRows, .keywords = kExistsKeys};
const Entry* choose_many_exists(const Scope& scope) {
  if (is(scope, ValueKind::sequence)) return &kManyExistsList;
  return is(scope, ValueKind::mapping) ? &kManyExistsMap : choose_exists(scope);
}
constexpr Entry kManyExists{.name = "exists", .choose = choose_many_exists};

// rules -------------------------------------------------------------------------------------------------------------

constexpr std::array kAutoCancelKeys = {Keyword{"on_new_commit"}, Keyword{"on_job_failure"}};
constexpr std::array kAutoCancelRows = {
    Validation{"", hash},
    Validation{"", known_keys},
    Validation{"on_new_commit", must_be_one_of, "conservative|interruptible|none"},
    Validation{"on_job_failure", must_be_one_of, "none|all"},
};
constexpr Entry kAutoCancel{.name = "auto_cancel", .validations = kAutoCancelRows, .keywords = kAutoCancelKeys};

constexpr std::array kJobRuleKeys = {
    Keyword{"if"},
    Keyword{"when"},
    Keyword{"start_in"},
    Keyword{"changes", &kChanges},
    Keyword{"exists", &kExists},
    Keyword{"variables", &kRuleVariables},
    Keyword{"needs", &kRuleNeeds},
    Keyword{"allow_failure"},
    Keyword{"interruptible"},
};
constexpr std::array kJobRuleRows = {
    Validation{"", present},
    Validation{"", hash},
    Validation{"", disallowed_keys, "start_in", is_not_delayed},
    Validation{"start_in", present, {}, is_delayed, true},
    Validation{"start_in", duration, {}, is_delayed, true},
    Validation{"start_in", duration_within_week, {}, is_delayed, true},
    Validation{"if", expression},
    Validation{"allow_failure", boolean},
    Validation{"interruptible", boolean},
    Validation{"when", known_value, "on_success|on_failure|always|never|manual|delayed"},
    Validation{"", known_keys},
};
constexpr Entry kJobRule{.name = "rule", .validations = kJobRuleRows, .keywords = kJobRuleKeys};
constexpr std::array kRulesRows = {Validation{"", present}, Validation{"", array}};
constexpr Entry kJobRules{.name = "rules", .validations = kRulesRows, .items = &kJobRule};

constexpr std::array kWorkflowRuleKeys = {
    Keyword{"if"},
    Keyword{"when"},
    Keyword{"changes", &kChanges},
    Keyword{"exists", &kExists},
    Keyword{"variables", &kRuleVariables},
    Keyword{"needs", &kRuleNeeds},
    Keyword{"auto_cancel", &kAutoCancel},
};
constexpr std::array kWorkflowRuleRows = {
    Validation{"", present},      Validation{"", hash},
    Validation{"if", expression}, Validation{"when", known_value, "always|never"},
    Validation{"", known_keys},   Validation{"", hash},
};
constexpr Entry kWorkflowRule{.name = "rule", .validations = kWorkflowRuleRows, .keywords = kWorkflowRuleKeys};
constexpr Entry kWorkflowRules{.name = "rules", .validations = kRulesRows, .items = &kWorkflowRule};

constexpr std::array kWorkflowKeys = {
    Keyword{"rules", &kWorkflowRules},
    Keyword{"auto_cancel", &kAutoCancel},
    Keyword{"name"},
};
// GitLab tests the kind of workflow twice and says so twice.
constexpr std::array kWorkflowRows = {
    Validation{"", hash},
    Validation{"", hash},
    Validation{"", known_keys},
    Validation{"name", string},
    Validation{"name", longest, "255"},
};
constexpr Entry kWorkflow{.name = "workflow", .validations = kWorkflowRows, .keywords = kWorkflowKeys};

constexpr std::array kIncludeRuleKeys = {Keyword{"if"}, Keyword{"when"}, Keyword{"changes", &kChanges},
                                         Keyword{"exists", &kManyExists}};
constexpr std::array kIncludeRuleRows = {
    Validation{"", present},
    Validation{"", hash},
    Validation{"", known_keys},
    Validation{"if", expression},
    Validation{"when", known_value, "always|never"},
};
constexpr Entry kIncludeRule{.name = "rule",
                             .validations = kIncludeRuleRows,
                             .keywords = kIncludeRuleKeys,
                             .place = Place::alone,
                             .renamed = true};

// only and except ---------------------------------------------------------------------------------------------------

constexpr std::array kPolicyListRows = {Validation{"", refs}};
constexpr Entry kPolicyList{.name = "policy", .validations = kPolicyListRows};
constexpr std::array kPolicyKeys = {Keyword{"refs"}, Keyword{"kubernetes"}, Keyword{"variables"}, Keyword{"changes"}};
constexpr std::array kPolicyMapRows = {
    Validation{"", present},          Validation{"", known_keys},
    Validation{"refs", refs},         Validation{"kubernetes", known_value, "active"},
    Validation{"variables", strings}, Validation{"variables", expression, {}, has_condition_list},
    Validation{"changes", strings},
};
constexpr Entry kPolicyMap{.name = "policy", .validations = kPolicyMapRows, .keywords = kPolicyKeys};
constexpr Entry kNoPolicy{.name = "policy", .refusal = "{} has to be either an array of conditions or a hash"};

const Entry* choose_policy(const Scope& scope) {
  if (is(scope, ValueKind::sequence)) return &kPolicyList;
  return is(scope, ValueKind::mapping) ? &kPolicyMap : &kNoPolicy;
}
constexpr Entry kPolicy{.name = "policy", .choose = choose_policy};

// jobs --------------------------------------------------------------------------------------------------------------

constexpr std::array kAllowFailureKeys = {Keyword{"exit_codes"}};
constexpr std::array kAllowFailureRows = {Validation{"", known_keys}, Validation{"exit_codes", integer_or_integers}};
constexpr Entry kAllowFailureMap{
    .name = "allow_failure", .validations = kAllowFailureRows, .keywords = kAllowFailureKeys};
constexpr Entry kAllowFailureText{.name = "allow_failure"};
const Entry* choose_allow_failure(const Scope& scope) {
  return is(scope, ValueKind::mapping) ? &kAllowFailureMap : &kAllowFailureText;
}
constexpr Entry kAllowFailure{.name = "allow_failure", .choose = choose_allow_failure};

bool is_pages_job(const Scope& scope) {
  const NodeId pages = scope.attribute("pages");
  if (pages == kNoNode) return scope.tree().text(scope.name) == "pages";
  return scope.tree().kind(pages) != ValueKind::boolean || scope.tree()[pages].boolean;
}
bool is_not_pages_job(const Scope& scope) { return !is_pages_job(scope); }

// A keyword that a job takes from `default:` when it has none of its own.
constexpr Keyword from_default(std::string_view name, const Entry* entry, Edition edition = Edition::ce) {
  return {.name = name, .entry = entry, .edition = edition, .inherited = true};
}

// What jobs and bridges have in common.
constexpr std::array kSharedKeys = {
    Keyword{"stage", &kString},
    Keyword{"only", &kPolicy},
    Keyword{"except", &kPolicy},
    Keyword{"rules", &kJobRules},
    Keyword{"variables", &kJobVariables},
    Keyword{"inherit", &kInherit},
    Keyword{"environment", &kEnvironment},
};
constexpr std::array kSharedRows = {
    Validation{"", present},
    Validation{"name", symbol},
    Validation{"name", present, {}, nullptr, true},
    Validation{"name", longest, "255"},
    Validation{"", exclusive_keys, "script|trigger"},
    Validation{"", no_keys_with_rules, "only|except|start_in", has_rules},
    Validation{"extends", string_or_strings},
    Validation{"rules", nested_hashes},
    Validation{"resource_group", string},
    Validation{"", known_keys},
};

constexpr auto kJobKeys =
    joined(kSharedKeys, std::array{from_default("before_script", &kCommands),
                                   Keyword{"script", &kCommands},
                                   Keyword{"run", &kRun, Edition::ee},
                                   from_default("after_script", &kCommands),
                                   from_default("cache", &kCaches),
                                   from_default("image", &kImage),
                                   from_default("services", &kServices),
                                   from_default("interruptible", &kBoolean),
                                   from_default("timeout", &kTimeout),
                                   from_default("retry", &kRetry),
                                   from_default("tags", &kTags),
                                   from_default("artifacts", &kArtifacts),
                                   Keyword{"needs", &kJobNeeds},
                                   Keyword{"coverage", &kCoverage},
                                   Keyword{"release", &kRelease},
                                   Keyword{"parallel", &kJobParallel},
                                   from_default("hooks", &kHooks),
                                   from_default("id_tokens", &kIdTokens),
                                   from_default("identity", &kIdentity, Edition::ee),
                                   Keyword{"secrets", &kSecrets, Edition::ee},
                                   Keyword{"dast_configuration", &kDastConfiguration, Edition::ee},
                                   Keyword{"pages", &kPages},
                                   Keyword{"publish", &kString},
                                   Keyword{"inputs", &kJobInputs},
                                   Keyword{"allow_failure", &kAllowFailure},
                                   Keyword{"when"},
                                   Keyword{"start_in"},
                                   Keyword{"extends"},
                                   Keyword{"dependencies"},
                                   Keyword{"resource_group"},
                                   Keyword{"manual_confirmation"}});
constexpr auto kJobRows = joined(
    kSharedRows,
    std::array{
        Validation{"script", present, {}, [](const Scope& scope) { return scope.attribute("run") == kNoNode; }, true},
        Validation{"when", string}, Validation{"when", one_of, "on_success|on_failure|always|manual|delayed"},
        Validation{"dependencies", strings}, Validation{"allow_failure", hash_or_boolean},
        Validation{"manual_confirmation", string}, Validation{"start_in", duration, {}, is_delayed, true},
        Validation{"start_in", duration_within_week, {}, is_delayed, true},
        Validation{"start_in", absent, {}, may_not_start_later, true},
        Validation{.attribute = "publish",
                   .check = absent,
                   .applies = is_not_pages_job,
                   .message = "can only be used within a `pages` job"}});

// Names of the jobs that `needs` waits for in this pipeline; `elsewhere` is set when it waits for another pipeline's.
std::vector<std::string_view> needed_jobs(const yaml::Tree& tree, NodeId needs, bool& elsewhere) {
  std::vector<std::string_view> jobs;
  yaml::each_flat(tree, needs, [&](NodeId need) {
    if (tree.is_string(need)) jobs.push_back(tree.text(need));
    const NodeId job = tree.find(need, "job");
    if (job == kNoNode) return;
    const bool here = tree.find(need, "pipeline") == kNoNode && tree.find(need, "project") == kNoNode;
    elsewhere = elsewhere || !here;
    if (here) jobs.push_back(tree.text(job));
  });
  return jobs;
}

// `dependencies` are some of the jobs that `needs` names, where there are any.
void review_job(const Scope& scope, bool sound, Findings& findings) {
  const NodeId dependencies = scope.attribute("dependencies");
  const NodeId needs = scope.attribute("needs");
  if (!sound || is_blank(scope.tree(), dependencies) || is_blank(scope.tree(), needs)) return;
  bool elsewhere = false;
  const std::vector<std::string_view> jobs = needed_jobs(scope.tree(), needs, elsewhere);
  const Span place = scope.tree().span(dependencies);
  if (jobs.empty()) {
    if (!elsewhere) return;
    findings.entry(diag::Code::keyword_invalid, scope, "needs",
                   "corresponding to dependencies must be from the same pipeline", place);
    return;
  }
  std::string missing;
  for (const NodeId item : scope.tree().items(dependencies)) {
    if (std::ranges::count(jobs, scope.tree().text(item)) > 0) continue;
    missing += missing.empty() ? "" : ", ";
    missing += scope.tree().text(item);
  }
  if (missing.empty()) return;
  findings.entry(diag::Code::keyword_invalid, scope, "dependencies", "the " + missing + " should be part of needs",
                 place);
}

// A job that triggers a pipeline elsewhere, or waits for one.
constexpr auto kBridgeKeys =
    joined(kSharedKeys,
           std::array{from_default("interruptible", &kBoolean), Keyword{"trigger", &kTrigger},
                      Keyword{"needs", &kBridgeNeeds}, Keyword{"parallel", &kBridgeParallel}, Keyword{"allow_failure"},
                      Keyword{"when"}, Keyword{"extends"}, Keyword{"resource_group"}, Keyword{"manual_confirmation"}});
constexpr auto kBridgeRows =
    joined(kSharedRows, std::array{Validation{"allow_failure", boolean}, Validation{"when", string},
                                   Validation{"when", one_of, "on_success|on_failure|always|manual"},
                                   Validation{"manual_confirmation", string}});

void review_bridge(const Scope& scope, bool sound, Findings& findings) {
  const NodeId needs = sound ? scope.attribute("needs") : kNoNode;
  const std::size_t pipelines = needs == kNoNode ? 0 : count_pipeline_needs({scope.context, kBridgeEntry, needs});
  const Span place = scope.tree().span(scope.name);
  if (pipelines == 0 && (!sound || scope.attribute("trigger") == kNoNode)) {
    findings.entry(diag::Code::keyword_invalid, scope, "", "should contain either a trigger or a needs:pipeline",
                   place);
  }
  if (pipelines > 1) {
    findings.entry(diag::Code::keyword_invalid, scope, "", "should contain at most one bridge need", place);
  }
}

constexpr std::array kHiddenRows = {Validation{"", present}};

// A keyword that `default:` takes from the file, its older form.
constexpr Keyword from_file(std::string_view name, const Entry* entry) { return from_default(name, entry); }

constexpr std::array kDefaultKeys = {
    from_file("before_script", &kCommands),
    from_file("image", &kImage),
    from_file("services", &kServices),
    from_file("after_script", &kCommands),
    from_file("cache", &kCaches),
    Keyword{"interruptible", &kBoolean},
    Keyword{"timeout", &kTimeout},
    Keyword{"retry", &kRetry},
    Keyword{"tags", &kTags},
    Keyword{"artifacts", &kArtifacts},
    Keyword{"id_tokens", &kIdTokens},
    Keyword{"hooks", &kHooks},
    Keyword{"identity", &kIdentity, Edition::ee},
};
constexpr std::array kDefaultRows = {Validation{"", hash}, Validation{"", known_keys}};

constexpr std::array kRootKeys = {
    Keyword{.name = "default", .entry = &kDefaultEntry, .always = true},
    Keyword{"include", &kIncludes},
    Keyword{"before_script", &kCommands},
    Keyword{"image", &kImage},
    Keyword{"services", &kServices},
    Keyword{"after_script", &kCommands},
    Keyword{"variables", &kRootVariables},
    Keyword{"stages", &kStages},
    Keyword{"cache", &kCaches},
    Keyword{"workflow", &kWorkflow},
};
constexpr std::array kRootRows = {Validation{"", hash}};

}  // namespace

const Entry kRootEntry{.name = "", .validations = kRootRows, .keywords = kRootKeys};
const Entry kJobEntry{
    .name = "job", .validations = kJobRows, .keywords = kJobKeys, .own_key = "name", .review = review_job};
const Entry kHiddenEntry{.name = "hidden", .validations = kHiddenRows};

const Entry kBridgeEntry{
    .name = "bridge", .validations = kBridgeRows, .keywords = kBridgeKeys, .own_key = "name", .review = review_bridge};
const Entry kDefaultEntry{.name = "default", .validations = kDefaultRows, .keywords = kDefaultKeys};
const Entry kJobsEntry{.name = "jobs"};

bool is(const Scope& scope, ValueKind kind) { return scope.tree().kind(scope.config) == kind; }

bool attribute_is(const Scope& scope, std::string_view key, std::string_view word) {
  const NodeId value = scope.attribute(key);
  return value != kNoNode && scope.tree().is_string(value) && scope.tree().text(value) == word;
}

bool has_present(const Scope& scope, std::string_view key) { return !is_blank(scope.tree(), scope.attribute(key)); }

const Entry kIncludeRulesEntry{.name = "rules", .validations = kRulesRows, .items = &kIncludeRule};

const Keyword* root_keyword(std::string_view key) {
  for (const Keyword& keyword : kRootKeys) {
    if (keyword.name == key) return &keyword;
  }
  return nullptr;
}

bool takes_default(const Entry& job, std::string_view key) {
  return std::ranges::any_of(job.keywords,
                             [&](const Keyword& keyword) { return keyword.name == key && keyword.inherited; });
}

}  // namespace willrun::model
