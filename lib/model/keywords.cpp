#include "model/keywords.hpp"

#include <algorithm>
#include <array>

#include "model/checks.hpp"

namespace willrun::model {

namespace {

using enum Check;
using yaml::kNoNode;
using yaml::NodeId;

bool is(const Scope& scope, ValueKind kind) { return scope.tree().kind(scope.config) == kind; }

bool attribute_is(const Scope& scope, std::string_view key, std::string_view word) {
  const NodeId value = scope.attribute(key);
  return value != kNoNode && scope.tree().is_string(value) && scope.tree().text(value) == word;
}

bool is_delayed(const Scope& scope) { return attribute_is(scope, "when", "delayed"); }
bool is_not_delayed(const Scope& scope) { return !is_delayed(scope); }
bool has_rules(const Scope& scope) { return !is_blank(scope.tree(), scope.attribute("rules")); }
bool may_not_start_later(const Scope& scope) { return has_rules(scope) || !is_delayed(scope); }
bool has_ref(const Scope& scope) { return scope.attribute("ref") != kNoNode; }
bool has_options(const Scope& scope) { return scope.attribute("options") != kNoNode; }

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
constexpr std::array kCommandRows = {Validation{"", string_or_nested_strings}};
constexpr std::array kStagesRows = {Validation{"", nested_strings}};
constexpr Entry kBoolean{.name = "boolean", .validations = kBooleanRows};
constexpr Entry kString{.name = "string", .validations = kStringRows};
constexpr Entry kCommands{.name = "commands", .validations = kCommandRows};
constexpr Entry kStages{.name = "stages", .validations = kStagesRows};

// variables -------------------------------------------------------------------------------------------------------

constexpr std::array kSimpleVariableRows = {Validation{"key", alphanumeric, {}, nullptr, true}};
constexpr Entry kSimpleVariable{.name = "simple variable", .validations = kSimpleVariableRows, .own_key = "key"};
constexpr Entry kNoVariable{.name = "unknown strategy",
                            .refusal = "variable definition must be either a string or a hash"};

constexpr std::array kRootVariableRows = {
    Validation{"key", alphanumeric, {}, nullptr, true},
    Validation{"", known_data, "value|description|expand|options"},
    Validation{"config_value", scalar_value},
    Validation{"config_description", alphanumeric},
    Validation{"config_expand", boolean},
    Validation{"config_options", strings},
    Validation{"config_value", in_options, {}, has_options, true},
};
constexpr Entry kRootComplexVariable{.name = "complex variable", .validations = kRootVariableRows, .own_key = "key"};

constexpr std::array kJobVariableRows = {
    Validation{"key", alphanumeric, {}, nullptr, true},
    Validation{"", known_data, "value|expand"},
    Validation{"config_value", scalar_value},
    Validation{"config_expand", boolean},
};
constexpr Entry kJobComplexVariable{.name = "complex variable", .validations = kJobVariableRows, .own_key = "key"};

constexpr std::array kRuleVariableRows = {
    Validation{"key", alphanumeric, {}, nullptr, true},
    Validation{"", plain_string},
};
constexpr Entry kRuleVariable{.name = "simple variable", .validations = kRuleVariableRows, .own_key = "key"};

template <const Entry* Complex>
const Entry* choose_variable(const Scope& scope) {
  switch (scope.tree().kind(scope.config)) {
    case ValueKind::mapping: return Complex;
    case ValueKind::sequence:
    case ValueKind::reference: return &kNoVariable;
    default: return &kSimpleVariable;
  }
}

constexpr Entry kRootVariable{.name = "variable", .choose = choose_variable<&kRootComplexVariable>};
constexpr Entry kJobVariable{.name = "variable", .choose = choose_variable<&kJobComplexVariable>};
constexpr Entry kRuleVariableForm{.name = "variable", .choose = choose_variable<&kRuleVariable>};

constexpr std::array kHashRows = {Validation{"", hash}};
constexpr Entry kRootVariables{.name = "variables", .validations = kHashRows, .values = &kRootVariable};
constexpr Entry kJobVariables{.name = "variables", .validations = kHashRows, .values = &kJobVariable};
constexpr Entry kRuleVariables{.name = "variables", .validations = kHashRows, .values = &kRuleVariableForm};

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

// needs -------------------------------------------------------------------------------------------------------------

constexpr std::array kNeedTextRows = {Validation{"", present}};
constexpr Entry kNeedText{.name = "need", .validations = kNeedTextRows};
constexpr std::array kNeedJobKeys = {Keyword{"job"}, Keyword{"artifacts"}, Keyword{"optional"},
                                     Keyword{"parallel", nullptr, Evaluation::not_yet}};
constexpr std::array kNeedJobRows = {
    Validation{"", present},          Validation{"", known_keys},
    Validation{"job", string},        Validation{"job", present, {}, nullptr, true},
    Validation{"artifacts", boolean}, Validation{"optional", boolean},
};
constexpr Entry kNeedJob{.name = "need", .validations = kNeedJobRows, .keywords = kNeedJobKeys};
constexpr std::array kNeedOtherKeys = {Keyword{"pipeline", nullptr, Evaluation::not_yet},
                                       Keyword{"job"},
                                       Keyword{"project", nullptr, Evaluation::not_yet},
                                       Keyword{"ref"},
                                       Keyword{"artifacts"},
                                       Keyword{"optional"},
                                       Keyword{"parallel"}};
constexpr Entry kNeedOther{.name = "need", .keywords = kNeedOtherKeys};
constexpr Entry kNoNeed{.name = "need", .refusal = "{} has an unsupported type"};

const Entry* choose_need(const Scope& scope) {
  if (is(scope, ValueKind::string)) return &kNeedText;
  if (!is(scope, ValueKind::mapping)) return &kNoNeed;
  const auto has = [&](std::string_view key) { return scope.tree().find(scope.config, key) != kNoNode; };
  if (has("project") || has("pipeline")) return &kNeedOther;
  return has("job") ? &kNeedJob : &kNoNeed;
}
constexpr Entry kNeed{.name = "need", .choose = choose_need};
constexpr std::array kNeedsRows = {Validation{"", hash_or_array}};
constexpr Entry kNeeds{.name = "needs", .validations = kNeedsRows, .items = &kNeed};

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
    Keyword{"needs", &kNeeds},
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
    Keyword{"needs", &kNeeds, Evaluation::not_yet},
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
    Validation{"name", longest, "255"},
};
constexpr Entry kWorkflow{.name = "workflow", .validations = kWorkflowRows, .keywords = kWorkflowKeys};

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

// What a runner does with a job: judged, and of no weight for whether it runs.
constexpr std::array kTagsRows = {Validation{"", strings}, Validation{"", fewer_tags, "50"}};
constexpr Entry kTags{.name = "tags", .validations = kTagsRows};
constexpr std::array kTimeoutRows = {Validation{"", duration}, Validation{"", duration_within_month}};
constexpr Entry kTimeout{.name = "timeout", .validations = kTimeoutRows};
constexpr std::array kCoverageRows = {Validation{"", pattern}};
constexpr Entry kCoverage{.name = "coverage", .validations = kCoverageRows};
constexpr std::array kHooksKeys = {Keyword{"pre_get_sources_script", &kCommands}};
// GitLab tests the kind of hooks twice and says so twice.
constexpr std::array kHooksRows = {Validation{"", hash}, Validation{"", hash}, Validation{"", known_keys}};
constexpr Entry kHooks{.name = "hooks", .validations = kHooksRows, .keywords = kHooksKeys};
constexpr std::array kIdTokenKeys = {Keyword{"aud"}};
constexpr std::array kIdTokenRows = {Validation{"", required_keys, "aud"}, Validation{"", known_keys},
                                     Validation{"aud", string_or_strings, {}, nullptr, true}};
constexpr Entry kIdToken{.name = "id_token", .validations = kIdTokenRows, .keywords = kIdTokenKeys};
constexpr Entry kIdTokens{.name = "id_tokens", .validations = kHashRows, .values = &kIdToken};

constexpr Evaluation kLater = Evaluation::not_yet;

constexpr std::array kJobKeys = {
    Keyword{"stage", &kString},
    Keyword{"only", &kPolicy},
    Keyword{"except", &kPolicy},
    Keyword{"rules", &kJobRules},
    Keyword{"variables", &kJobVariables},
    Keyword{"inherit", nullptr, kLater},
    Keyword{"environment", nullptr, kLater},
    Keyword{"before_script", &kCommands},
    Keyword{"script", &kCommands},
    Keyword{"run", nullptr, kLater, Edition::ee},
    Keyword{"after_script", &kCommands},
    Keyword{"cache", nullptr, kLater},
    Keyword{"image", nullptr, kLater},
    Keyword{"services", nullptr, kLater},
    Keyword{"interruptible", &kBoolean},
    Keyword{"timeout", &kTimeout},
    Keyword{"retry", nullptr, kLater},
    Keyword{"tags", &kTags},
    Keyword{"artifacts", nullptr, kLater},
    Keyword{"needs", &kNeeds},
    Keyword{"coverage", &kCoverage},
    Keyword{"release", nullptr, kLater},
    Keyword{"parallel", nullptr, kLater},
    Keyword{"hooks", &kHooks},
    Keyword{"id_tokens", &kIdTokens},
    Keyword{"identity", nullptr, kLater, Edition::ee},
    Keyword{"secrets", nullptr, kLater, Edition::ee},
    Keyword{"dast_configuration", nullptr, kLater, Edition::ee},
    Keyword{"pages", nullptr, kLater},
    Keyword{"publish", nullptr, kLater},
    Keyword{"inputs", nullptr, kLater},
    Keyword{"allow_failure", &kAllowFailure},
    Keyword{"when"},
    Keyword{"start_in"},
    Keyword{"extends"},
    Keyword{"dependencies", nullptr, kLater},
    Keyword{"resource_group"},
    Keyword{"manual_confirmation"},
};
constexpr std::array kJobRows = {
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
    Validation{"script", present, {}, [](const Scope& scope) { return scope.attribute("run") == kNoNode; }, true},
    Validation{"when", string},
    Validation{"when", one_of, "on_success|on_failure|always|manual|delayed"},
    Validation{"dependencies", strings},
    Validation{"allow_failure", hash_or_boolean},
    Validation{"manual_confirmation", string},
    Validation{"start_in", duration, {}, is_delayed, true},
    Validation{"start_in", duration_within_week, {}, is_delayed, true},
    Validation{"start_in", absent, {}, may_not_start_later, true},
};

// A job that triggers a pipeline elsewhere, or waits for one: its keyword says that it is not evaluated yet.
constexpr std::array kBridgeKeys = {Keyword{"trigger", nullptr, kLater}, Keyword{"stage", &kString},
                                    Keyword{"rules", &kJobRules}, Keyword{"variables", &kJobVariables},
                                    Keyword{"needs", nullptr, kLater}};

constexpr std::array kHiddenRows = {Validation{"", present}};

constexpr std::array kRootKeys = {
    Keyword{"default", nullptr, kLater},       Keyword{"include"},
    Keyword{"before_script", nullptr, kLater}, Keyword{"image", nullptr, kLater},
    Keyword{"services", nullptr, kLater},      Keyword{"after_script", nullptr, kLater},
    Keyword{"variables", &kRootVariables},     Keyword{"stages", &kStages},
    Keyword{"cache", nullptr, kLater},         Keyword{"workflow", &kWorkflow},
};
constexpr std::array kRootRows = {Validation{"", hash}};

}  // namespace

const Entry kRootEntry{.name = "", .validations = kRootRows, .keywords = kRootKeys};
const Entry kJobEntry{.name = "job", .validations = kJobRows, .keywords = kJobKeys, .own_key = "name"};
const Entry kHiddenEntry{.name = "hidden", .validations = kHiddenRows};

const Entry kBridgeEntry{.name = "bridge", .keywords = kBridgeKeys, .own_key = "name"};
const Entry kJobsEntry{.name = "jobs"};

const Keyword* root_keyword(std::string_view key) {
  for (const Keyword& keyword : kRootKeys) {
    if (keyword.name == key) return &keyword;
  }
  return nullptr;
}

}  // namespace willrun::model
