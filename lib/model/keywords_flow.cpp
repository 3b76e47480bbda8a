// Tables of jobs in relation to others: needs, parallel, trigger, inherit, inputs of jobs.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "inputs/input_value.hpp"
#include "model/checks.hpp"
#include "model/entries.hpp"
#include "model/findings.hpp"

namespace willrun::model {

namespace {

using enum Check;
using diag::Code;
using yaml::kNoNode;
using yaml::NodeId;
using yaml::Tree;

constexpr std::uint64_t kMostMatrixJobs = 200;
constexpr std::size_t kMostPipelineNeeds = 5;
constexpr std::string_view kNoNumberHere = "cannot use \"parallel: <number>\".";

// parallel ----------------------------------------------------------------------------------------------------------

constexpr std::array kProductRows = {
    Validation{"", product_variables},
    Validation{.attribute = "", .check = fewest_items, .argument = "1", .message = "requires at least 1 items"},
};
constexpr Entry kProduct{.name = "variables", .validations = kProductRows};

std::uint64_t jobs_of_product(const Tree& tree, NodeId product) {
  std::uint64_t jobs = 1;
  for (const yaml::Entry& entry : tree.entries(product)) {
    const std::uint64_t values = tree.is_sequence(entry.value) ? tree.items(entry.value).size() : 1;
    jobs = std::min<std::uint64_t>(jobs * values, kMostMatrixJobs + 1);
  }
  return jobs;
}

void review_matrix(const Scope& scope, bool sound, Findings& findings) {
  if (!sound) return;
  std::uint64_t jobs = 0;
  for (const NodeId product : scope.tree().items(scope.config)) jobs += jobs_of_product(scope.tree(), product);
  if (jobs <= kMostMatrixJobs) return;
  findings.entry(Code::keyword_invalid, scope, "",
                 fmt::format("generates too many jobs (maximum is {})", kMostMatrixJobs),
                 scope.tree().span(scope.config));
}

constexpr std::array kMatrixRows = {Validation{"", hashes}};
constexpr Entry kMatrix{.name = "matrix", .validations = kMatrixRows, .items = &kProduct, .review = review_matrix};
constexpr std::array kParallelMapKeys = {Keyword{"matrix", &kMatrix}};
constexpr std::array kParallelMapRows = {Validation{"", known_keys}, Validation{"", required_keys, "matrix"}};
constexpr Entry kParallelMap{.name = "parallel", .validations = kParallelMapRows, .keywords = kParallelMapKeys};
constexpr std::array kParallelNumberRows = {Validation{"", whole_number, "1|200"}};
constexpr Entry kParallelNumber{.name = "parallel", .validations = kParallelNumberRows};
constexpr Entry kNoParallel{.name = "parallel", .refusal = "{} should be an integer or a hash"};

void refuse_number(const Scope& scope, bool, Findings& findings) {
  findings.entry(Code::keyword_invalid, scope, "", kNoNumberHere, scope.tree().span(scope.config));
}
constexpr Entry kRefusedParallelNumber{.name = "parallel", .validations = kParallelNumberRows, .review = refuse_number};

bool is_number(const Scope& scope) { return is(scope, ValueKind::integer) || is(scope, ValueKind::floating); }

template <const Entry* Number>
const Entry* choose_parallel(const Scope& scope) {
  if (is_number(scope)) return Number;
  return is_map(scope) ? &kParallelMap : &kNoParallel;
}
constexpr Entry kNeedParallel{.name = "parallel", .choose = choose_parallel<&kParallelNumber>};

// needs -------------------------------------------------------------------------------------------------------------

constexpr std::array kNeedTextRows = {Validation{"", present}};
constexpr Entry kNeedText{.name = "need", .validations = kNeedTextRows};

constexpr std::array kNeedJobKeys = {Keyword{"parallel", &kNeedParallel}, Keyword{"job"}, Keyword{"artifacts"},
                                     Keyword{"optional"}};
constexpr std::array kNeedJobRows = {
    Validation{"", present},          Validation{"", known_keys},
    Validation{"job", string},        Validation{"job", present, {}, nullptr, true},
    Validation{"artifacts", boolean}, Validation{"optional", boolean},
};
constexpr Entry kNeedJob{.name = "need", .validations = kNeedJobRows, .keywords = kNeedJobKeys};

constexpr std::array kNeedPipelineJobKeys = {Keyword{"pipeline"}, Keyword{"job"}, Keyword{"artifacts"}};
constexpr std::array kNeedPipelineJobRows = {
    Validation{"", present},          Validation{"", known_keys},
    Validation{"pipeline", string},   Validation{"pipeline", present, {}, nullptr, true},
    Validation{"job", string},        Validation{"job", present, {}, nullptr, true},
    Validation{"artifacts", boolean},
};
constexpr Entry kNeedPipelineJob{.name = "need", .validations = kNeedPipelineJobRows, .keywords = kNeedPipelineJobKeys};

constexpr std::array kNeedProjectKeys = {Keyword{"project"}, Keyword{"ref"}, Keyword{"job"}, Keyword{"artifacts"}};
constexpr std::array kNeedProjectRows = {
    Validation{"", present},          Validation{"", known_keys},
    Validation{"project", string},    Validation{"project", present, {}, nullptr, true},
    Validation{"job", string},        Validation{"job", present, {}, nullptr, true},
    Validation{"ref", string},        Validation{"ref", present, {}, nullptr, true},
    Validation{"artifacts", boolean},
};
constexpr Entry kNeedProject{.name = "need", .validations = kNeedProjectRows, .keywords = kNeedProjectKeys};

constexpr std::array kNeedPipelineKeys = {Keyword{"pipeline"}};
constexpr std::array kNeedPipelineRows = {
    Validation{"", present},
    Validation{"", known_keys},
    Validation{"pipeline", string},
    Validation{"pipeline", present, {}, nullptr, true},
};
constexpr Entry kNeedPipeline{.name = "need", .validations = kNeedPipelineRows, .keywords = kNeedPipelineKeys};

constexpr Entry kNoNeed{.name = "need", .refusal = "{} has an unsupported type"};

// What a need waits for, in GitLab's words; empty for what is no need.
constexpr std::string_view kOfJob = "job";
constexpr std::string_view kOfOtherPipeline = "cross_dependency";
constexpr std::string_view kOfPipeline = "bridge";

struct NeedForm {
  const Entry* entry;
  std::string_view kind;
};

// `needs:project` and needs of a whole pipeline are of the enterprise edition.
NeedForm form_of_need(const Scope& scope, NodeId need) {
  const Tree& tree = scope.tree();
  if (tree.is_string(need)) return {&kNeedText, kOfJob};
  if (!tree.is_mapping(need)) return {&kNoNeed, {}};
  const auto has = [&](std::string_view key) { return tree.find(need, key) != kNoNode; };
  const bool enterprise = scope.context.options.edition == Edition::ee;
  if (has("project")) return enterprise ? NeedForm{&kNeedProject, kOfOtherPipeline} : NeedForm{&kNoNeed, {}};
  if (has("pipeline") && has("job")) return {&kNeedPipelineJob, kOfOtherPipeline};
  if (has("pipeline")) return enterprise ? NeedForm{&kNeedPipeline, kOfPipeline} : NeedForm{&kNoNeed, {}};
  return has("job") ? NeedForm{&kNeedJob, kOfJob} : NeedForm{&kNoNeed, {}};
}

const Entry* choose_need(const Scope& scope) { return form_of_need(scope, scope.config).entry; }
constexpr Entry kNeed{.name = "need", .choose = choose_need};

void review_needs(const Scope& scope, std::string_view allowed, Findings& findings) {
  std::string refused;
  std::size_t other_pipelines = 0;
  bool by_number = false;
  yaml::each_flat(scope.tree(), scope.config, [&](NodeId need) {
    const NeedForm form = form_of_need(scope, need);
    if (form.kind == kOfOtherPipeline && scope.tree().find(need, "pipeline") != kNoNode) ++other_pipelines;
    if (form.entry == &kNeedJob) {
      const NodeId parallel = scope.tree().find(need, "parallel");
      by_number = by_number || (parallel != kNoNode && scope.tree().kind(parallel) == ValueKind::integer);
    }
    if (form.kind.empty() || contains_word(allowed, form.kind) || contains_word(refused, form.kind)) return;
    refused += refused.empty() ? "" : "|";
    refused += form.kind;
  });
  const Span place = scope.tree().span(scope.config);
  if (!refused.empty()) {
    findings.entry(Code::keyword_invalid, scope, "", "uses invalid types: " + joined_words(refused), place);
  }
  if (other_pipelines > kMostPipelineNeeds) {
    findings.entry(Code::keyword_invalid, scope, "",
                   fmt::format("must be less than or equal to {}", kMostPipelineNeeds), place);
  }
  if (by_number) findings.entry(Code::keyword_invalid, scope, "", kNoNumberHere, place);
}

void review_job_needs(const Scope& scope, bool sound, Findings& findings) {
  if (sound) review_needs(scope, "job|cross_dependency", findings);
}
void review_bridge_needs(const Scope& scope, bool sound, Findings& findings) {
  if (sound) review_needs(scope, "job|bridge", findings);
}
void review_rule_needs(const Scope& scope, bool sound, Findings& findings) {
  if (sound) review_needs(scope, "job", findings);
}

constexpr std::array kNeedsRows = {Validation{"", hash_or_array}};

// trigger -----------------------------------------------------------------------------------------------------------

bool is_map_value(const Scope& scope) { return is_map(scope); }
bool fetches_artifact_of_no_job(const Scope& scope) { return has_present(scope, "artifact"); }
bool fetches_nothing_of_project(const Scope& scope) { return has_present(scope, "project"); }

constexpr std::array kTriggerIncludeKeys = {
    Keyword{"local"},     Keyword{"file"},   Keyword{"remote"},   Keyword{"project"}, Keyword{"ref"},
    Keyword{"template"},  Keyword{"inputs"}, Keyword{"artifact"}, Keyword{"job"},     Keyword{"rules"},
    Keyword{"component"}, Keyword{"cache"},  Keyword{"integrity"}};
constexpr std::array kTriggerIncludeRows = {
    Validation{"", hash_or_string},
    Validation{"", known_keys, {}, is_map_value},
    Validation{.attribute = "job",
               .check = present,
               .applies = fetches_artifact_of_no_job,
               .judges_null = true,
               .message = "must specify the job where to fetch the artifact from",
               .blames_config = true},
    Validation{.attribute = "file",
               .check = present,
               .applies = fetches_nothing_of_project,
               .judges_null = true,
               .message = "must specify the file where to fetch the config from",
               .blames_config = true},
};
constexpr Entry kTriggerInclude{.name = "include", .validations = kTriggerIncludeRows, .keywords = kTriggerIncludeKeys};
bool is_list(const Scope& scope) { return is(scope, ValueKind::sequence); }
constexpr std::array kTriggerIncludesRows = {
    Validation{"", array_or_string},
    Validation{.attribute = "",
               .check = most_entries,
               .argument = "3",
               .applies = is_list,
               .message = "is too long (maximum is 3)"},
};
constexpr Entry kTriggerIncludes{.name = "include", .validations = kTriggerIncludesRows, .items = &kTriggerInclude};

constexpr std::string_view kStrategies = "depend|mirror";
constexpr std::string_view kStrategyMessage = "should be depend or mirror";

constexpr std::array kTriggerTextRows = {Validation{"", present}};
constexpr Entry kTriggerText{.name = "trigger", .validations = kTriggerTextRows};
constexpr std::array kTriggerProjectKeys = {Keyword{"project"}, Keyword{"branch"}, Keyword{"strategy"},
                                            Keyword{"forward"}, Keyword{"inputs"}};
constexpr std::array kTriggerProjectRows = {
    Validation{"", present},
    Validation{"", known_keys},
    Validation{"project", string, {}, nullptr, true},
    Validation{"project", present, {}, nullptr, true},
    Validation{"branch", string},
    Validation{"strategy", string},
    Validation{.attribute = "strategy", .check = one_of, .argument = kStrategies, .message = kStrategyMessage},
};
constexpr Entry kTriggerProject{.name = "trigger", .validations = kTriggerProjectRows, .keywords = kTriggerProjectKeys};
constexpr std::array kTriggerChildKeys = {Keyword{"include", &kTriggerIncludes}, Keyword{"strategy"},
                                          Keyword{"forward"}, Keyword{"inputs"}};
constexpr std::array kTriggerChildRows = {
    Validation{"", present},
    Validation{"", known_keys},
    Validation{"strategy", string},
    Validation{.attribute = "strategy", .check = one_of, .argument = kStrategies, .message = kStrategyMessage},
};
constexpr Entry kTriggerChild{.name = "trigger", .validations = kTriggerChildRows, .keywords = kTriggerChildKeys};
constexpr Entry kNoTrigger{.name = "trigger", .refusal = "{} has to be either a string or a hash"};

const Entry* choose_trigger(const Scope& scope) {
  if (is(scope, ValueKind::string)) return &kTriggerText;
  if (!is_map(scope)) return &kNoTrigger;
  return scope.tree().find(scope.config, "include") != kNoNode ? &kTriggerChild : &kTriggerProject;
}

// inherit -----------------------------------------------------------------------------------------------------------

constexpr std::string_view kInheritable =
    "before_script|image|services|after_script|cache|interruptible|timeout|retry|tags|artifacts|hooks|id_tokens|"
    "identity";
constexpr Entry kInheritFlag{.name = "inherit"};
constexpr std::array kInheritDefaultRows = {Validation{"", strings}, Validation{"", known_items, kInheritable}};
constexpr Entry kInheritDefaultList{.name = "default", .validations = kInheritDefaultRows};
constexpr std::array kInheritVariablesRows = {Validation{"", strings}};
constexpr Entry kInheritVariablesList{.name = "variables", .validations = kInheritVariablesRows};
constexpr Entry kNoInherit{.name = "inherit", .refusal = "{} should be a bool or array of strings"};

template <const Entry* List>
const Entry* choose_inherit(const Scope& scope) {
  if (is(scope, ValueKind::boolean)) return &kInheritFlag;
  return is_list(scope) ? List : &kNoInherit;
}
constexpr Entry kInheritDefault{.name = "default", .choose = choose_inherit<&kInheritDefaultList>};
constexpr Entry kInheritVariables{.name = "variables", .choose = choose_inherit<&kInheritVariablesList>};
constexpr std::array kInheritKeys = {Keyword{"default", &kInheritDefault}, Keyword{"variables", &kInheritVariables}};
constexpr std::array kInheritRows = {Validation{"", hash}, Validation{"", known_keys}};

// inputs of jobs ----------------------------------------------------------------------------------------------------

constexpr std::array kJobInputKeys = {Keyword{"type"}, Keyword{"default"}, Keyword{"description"}, Keyword{"options"},
                                      Keyword{"regex"}};
constexpr std::array kJobInputRows = {
    Validation{"", hash},
    Validation{"", known_keys},
    Validation{"description", alphanumeric},
    Validation{"options", array},
    Validation{
        .attribute = "type", .check = known_value, .argument = "array|boolean|number|string", .named = "input_type"},
};

// An input of a job is never asked for, so it needs a default, and the default has to fit.
void review_job_input(const Scope& scope, bool sound, Findings& findings) {
  if (!sound) return;
  Tree& tree = scope.context.tree;
  const NodeId given = scope.attribute("default");
  if (given == kNoNode) {
    findings.whole(Code::keyword_invalid, scope, "must have a default value", tree.span(scope.name));
    return;
  }
  inputs::InputSpec spec;
  spec.name = std::string(tree.text(scope.name));
  spec.key = scope.name;
  spec.options = scope.attribute("options");
  spec.regex = scope.attribute("regex");
  inputs::InputType type = inputs::InputType::string;
  for (const auto known : {inputs::InputType::array, inputs::InputType::boolean, inputs::InputType::number}) {
    if (attribute_is(scope, "type", to_string(known))) type = known;
  }
  inputs::InputErrors errors;
  const NodeId value = inputs::coerce(tree, type, given, scope.context.options.limits);
  inputs::check_value(tree, {spec, type, spec.options}, value, inputs::Origin::default_value, errors);
  // The job speaks of it, not the input.
  const Scope& job = *scope.parent->parent;
  for (const Diagnostic& found : errors.take()) {
    const std::string_view text = found.gitlab_text;
    const std::size_t complaint = text.find(" input: ");
    if (complaint == std::string_view::npos) continue;
    findings.entry(Code::keyword_invalid, job, "inputs",
                   fmt::format("`{}`: {}", spec.name, text.substr(complaint + std::string_view(" input: ").size())),
                   tree.span(given));
  }
}

constexpr Entry kJobInput{
    .name = "input", .validations = kJobInputRows, .keywords = kJobInputKeys, .review = review_job_input};
constexpr std::array kJobInputsRows = {
    Validation{"", hash},
    Validation{.attribute = "", .check = most_entries, .argument = "50"},
};

constexpr std::array kIncludesRows = {Validation{"", array_or_string}};

}  // namespace

std::size_t count_pipeline_needs(const Scope& needs) {
  std::size_t count = 0;
  yaml::each_flat(needs.tree(), needs.config,
                  [&](NodeId need) { count += form_of_need(needs, need).kind == kOfPipeline ? 1 : 0; });
  return count;
}

constexpr Entry kJobNeeds{.name = "needs", .validations = kNeedsRows, .items = &kNeed, .review = review_job_needs};
constexpr Entry kBridgeNeeds{
    .name = "needs", .validations = kNeedsRows, .items = &kNeed, .review = review_bridge_needs};
constexpr Entry kRuleNeeds{.name = "needs", .validations = kNeedsRows, .items = &kNeed, .review = review_rule_needs};
constexpr Entry kJobParallel{.name = "parallel", .choose = choose_parallel<&kParallelNumber>};
constexpr Entry kBridgeParallel{.name = "parallel", .choose = choose_parallel<&kRefusedParallelNumber>};
constexpr Entry kTrigger{.name = "trigger", .choose = choose_trigger};
// What is left of `include` once files are merged: nothing, or entries that select no file.
constexpr Entry kIncludes{.name = "include", .validations = kIncludesRows};
constexpr Entry kInherit{.name = "inherit", .validations = kInheritRows, .keywords = kInheritKeys};
constexpr Entry kJobInputs{.name = "inputs", .validations = kJobInputsRows, .values = &kJobInput};

}  // namespace willrun::model
