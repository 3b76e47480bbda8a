#include "model/validate.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <willrun/nearest.hpp>

#include "base/utf8.hpp"
#include "model/checks.hpp"
#include "model/keywords.hpp"
#include "ruby/print.hpp"
#include "yaml/scalar_map.hpp"

namespace willrun::model {

namespace {

using yaml::kNoNode;
using yaml::NodeId;

constexpr std::string_view kConfigPrefix = "config_";

NodeId judged_node(const Scope& scope, std::string_view attribute) {
  if (attribute.empty()) return scope.config;
  if (attribute == scope.entry.own_key) return scope.name;
  if (!scope.entry.text_key.empty() && scope.tree().is_string(scope.config)) {
    return attribute == scope.entry.text_key ? scope.config : kNoNode;
  }
  if (attribute.starts_with(kConfigPrefix)) return scope.attribute(attribute.substr(kConfigPrefix.size()));
  return scope.attribute(attribute);
}

diag::Code code_of(Check check) {
  switch (check) {
    case Check::known_keys:
    case Check::known_data: return diag::Code::keyword_unknown;
    case Check::expression: return diag::Code::expression_syntax;
    default: return diag::Code::keyword_invalid;
  }
}

// Whether the value was put under its key by `!reference`, from another part of the configuration.
bool stands_elsewhere(const Scope& scope, Span value) {
  const compose::Lineage* lineage = scope.context.lineage;
  return lineage != nullptr && lineage->owner(value) != lineage->owner(scope.tree().span(scope.name));
}

// The narrowest place that a failure can name.
Span place_of(const Scope& scope, const Failure& failure, NodeId value) {
  if (failure.place != kNoNode) return scope.tree().span(failure.place);
  if (value != kNoNode && value != scope.config) return scope.tree().span(value);
  const Span whole = scope.tree().span(scope.config);
  if (scope.name == kNoNode || stands_elsewhere(scope, whole)) return whole;
  return scope.tree().span(scope.name);
}

// The operator that other languages write so.
std::string_view operator_for(std::string_view lexeme) {
  if (lexeme == "=" || lexeme == "===") return "==";
  if (lexeme == "&" || lexeme == "and") return "&&";
  if (lexeme == "|" || lexeme == "or") return "||";
  return {};
}

// A refused condition points into its text, and says in our words what is wrong there.
void explain(const Scope& scope, const expr::SyntaxError& error, NodeId text, Diagnostic& diagnostic) {
  diagnostic.span = yaml::ScalarMap(scope.tree(), text, scope.context.files).span(error.range.begin, error.range.end);
  diagnostic.message = error.message;
  diagnostic.help = error.help;
  const std::string_view meant = operator_for(error.range.of(scope.tree().text(text)));
  if (!meant.empty()) diagnostic.fix = Fix{diagnostic.span, std::string(meant)};
  if (error.kind != expr::SyntaxErrorKind::invalid_pattern) return;
  const diag::CodeRow& row = diag::row(diag::Code::expression_regex);
  diagnostic.code = row.id;
  diagnostic.name = row.name;
}

// A key that is none, and near to one that could stand there.
void suggest_key(const Scope& scope, NodeId key, Diagnostic& diagnostic) {
  if (key == kNoNode || !is_text(scope.tree(), key)) return;
  std::vector<std::string_view> known;
  for (const Keyword& keyword : scope.entry.keywords) {
    if (scope.attribute(keyword.name) == kNoNode) known.push_back(keyword.name);
  }
  const std::string_view near = nearest(scope.tree().text(key), known);
  if (near.empty()) return;
  diagnostic.help = suggestion(scope.tree().text(key), known);
  diagnostic.fix = Fix{scope.tree().span(key), std::string(near)};
}

void run_validation(const Scope& scope, const Validation& validation, Findings& findings) {
  if (validation.applies != nullptr && !validation.applies(scope)) return;
  const NodeId value = judged_node(scope, validation.attribute);
  if (value == kNoNode && !validation.judges_null) return;
  const auto failed = failure(scope, validation, value);
  if (!failed) return;
  std::string_view said = validation.named.empty() ? validation.attribute : validation.named;
  if (validation.blames_config) said = {};
  findings.entry(code_of(validation.check), scope, said, failed->message, place_of(scope, *failed, value));
  if (validation.check == Check::known_keys) suggest_key(scope, failed->place, findings.all().back());
  if (failed->expression)
    explain(scope, *failed->expression, failed->place == kNoNode ? value : failed->place, findings.all().back());
}

NodeId key_node(const yaml::Tree& tree, NodeId map, std::string_view key) {
  for (const yaml::Entry& entry : tree.entries(map)) {
    if (is_text(tree, entry.key) && tree.text(entry.key) == key) return entry.key;
  }
  return kNoNode;
}

bool has_any_key(const yaml::Tree& tree, NodeId map, std::initializer_list<std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(), [&](auto key) { return tree.find(map, key) != kNoNode; });
}

// `default`, `workflow` and the like are jobs when they look like one; other keywords never are.
bool stands_among_jobs(const yaml::Tree& tree, std::string_view name, NodeId value) {
  if (root_keyword(name) == nullptr) return true;
  return contains_word("default|workflow", name) && looks_like_job(tree, value);
}

// A keyword of the file that looks like a job is one.
bool is_job_instead(const Scope& scope, const Keyword& keyword) {
  return &scope.entry == &kRootEntry && stands_among_jobs(scope.tree(), keyword.name, scope.attribute(keyword.name));
}

// What a job takes from `default:` is judged again with each job, in the place where it stands.
void validate_inherited(const Scope& scope, const Keyword& keyword, Findings& findings) {
  const Defaults& defaults = scope.context.defaults;
  const Defaults::Given given =
      &scope.entry == &kDefaultEntry ? defaults.of_file(keyword.name) : defaults.find(scope.config, keyword.name);
  if (given.value == kNoNode) return;
  const Scope file{scope.context, kRootEntry, scope.context.root};
  const Scope place{scope.context, kDefaultEntry, scope.context.root, kNoNode, &file};
  validate({scope.context, *keyword.entry, given.value, given.key, given.by_file ? &file : &place}, findings);
}

void validate_keywords(const Scope& scope, Findings& findings) {
  for (const Keyword& keyword : scope.entry.keywords) {
    NodeId value = scope.attribute(keyword.name);
    if (value == kNoNode && keyword.always) value = scope.context.empty_map;
    if (value == kNoNode && keyword.inherited) validate_inherited(scope, keyword, findings);
    if (value == kNoNode || keyword.entry == nullptr || is_job_instead(scope, keyword)) continue;
    validate({scope.context, *keyword.entry, value, key_node(scope.tree(), scope.config, keyword.name), &scope},
             findings);
  }
}

// A map in place of a list counts as its one item. Lists inside lists were bounded by the entry's own validation or by
// the depth of the text.
void validate_items(const Scope& scope, NodeId list, Findings& findings) {
  const std::span<const NodeId> items = scope.tree().is_mapping(list) ? std::span(&list, 1) : scope.tree().items(list);
  for (const NodeId item : items) {
    if (scope.tree().kind(item) == ValueKind::null) continue;
    if (scope.tree().is_sequence(item)) {
      validate_items(scope, item, findings);
    } else {
      validate({scope.context, *scope.entry.items, item, kNoNode, &scope}, findings);
    }
  }
}

}  // namespace

NodeId Scope::attribute(std::string_view key) const {
  const NodeId value = tree().find(config, key);
  return value != kNoNode && tree().kind(value) == ValueKind::null ? kNoNode : value;
}

void validate(const Scope& scope, Findings& findings) {
  if (scope.entry.choose != nullptr) {
    const Entry* chosen = scope.entry.choose(scope);
    validate({scope.context, *chosen, scope.config, scope.name, scope.parent}, findings);
    return;
  }
  if (!scope.entry.refusal.empty()) {
    const std::string text = fmt::format(fmt::runtime(scope.entry.refusal), location(scope));
    findings.plain(diag::Code::keyword_invalid, utf8::lowercase(text), scope.tree().span(scope.config));
    return;
  }
  const std::size_t before = findings.errors();
  for (const Validation& validation : scope.entry.validations) run_validation(scope, validation, findings);
  const bool sound = findings.errors() == before;
  if (scope.entry.review != nullptr) scope.entry.review(scope, sound, findings);
  if (!sound) return;
  validate_keywords(scope, findings);
  if (scope.entry.items != nullptr) validate_items(scope, scope.config, findings);
  if (scope.entry.values == nullptr) return;
  for (const yaml::Entry& entry : scope.tree().entries(scope.config)) {
    validate({scope.context, *scope.entry.values, entry.value, entry.key, &scope}, findings);
  }
}

namespace {

bool is_hidden(const yaml::Tree& tree, NodeId name) { return ruby::to_s(tree, name).starts_with('.'); }

// The entry that takes a top-level value as a job; null when none does.
const Entry* job_entry(const yaml::Tree& tree, const yaml::Entry& entry) {
  if (is_hidden(tree, entry.key)) return &kHiddenEntry;
  if (has_any_key(tree, entry.value, {"script", "run"})) return &kJobEntry;
  return has_any_key(tree, entry.value, {"trigger", "needs"}) ? &kBridgeEntry : nullptr;
}

// GitLab's attribute names join words with `_` where nothing but letters and blanks stands in them.
std::string as_attribute(std::string name) {
  const bool plain = std::all_of(name.begin(), name.end(),
                                 [](char c) { return c == ' ' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  if (plain) std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

// Names that are no job, and a file without any job to run.
void validate_job_list(const Scope& scope, const std::vector<yaml::Entry>& candidates, Findings& findings) {
  const yaml::Tree& tree = scope.tree();
  bool visible = false;
  for (const yaml::Entry& candidate : candidates) {
    const Entry* entry = job_entry(tree, candidate);
    visible = visible || (entry != nullptr && entry != &kHiddenEntry);
    if (entry != nullptr) continue;
    const std::string name = as_attribute(ruby::to_s(tree, candidate.key));
    findings.plain(
        diag::Code::job_invalid,
        utf8::lowercase(fmt::format("jobs {} config should implement the script:, run:, or trigger: keyword", name)),
        tree.span(candidate.key));
  }
  if (!visible) {
    findings.entry(diag::Code::no_visible_job, scope, "", "should contain at least one visible job",
                   tree.span(scope.config));
  }
}

}  // namespace

namespace {

// Whether the last rule is `when: X` and nothing else, X not being never: it holds for whatever starts a pipeline.
bool last_rule_always_holds(const yaml::Tree& tree, NodeId job) {
  NodeId last = tree.find(job, "rules");
  while (last != kNoNode && tree.is_sequence(last)) last = tree.items(last).empty() ? kNoNode : tree.items(last).back();
  if (last == kNoNode) return false;
  const NodeId when = tree.find(last, "when");
  if (when == kNoNode || tree.kind(when) == ValueKind::null || tree.text(when) == "never") return false;
  return std::ranges::all_of(tree.entries(last), [&](const yaml::Entry& entry) {
    return entry.value == when || tree.kind(entry.value) == ValueKind::null;
  });
}

void warn_of_many_pipelines(const Scope& job, Findings& findings) {
  if (!last_rule_always_holds(job.tree(), job.config)) return;
  findings.plain(
      diag::Code::many_pipelines,
      fmt::format("{} may allow multiple pipelines to run for a single action due to `rules:when` clause with no "
                  "`workflow:rules` - read more: https://docs.gitlab.com/ee/ci/jobs/job_troubleshooting.html"
                  "#job-may-allow-multiple-pipelines-to-run-for-a-single-action-warning",
                  location(job)),
      job.tree().span(job.tree().find(job.config, "rules")));
}

}  // namespace

namespace {

// Whether GitLab gets as far as looking into `default:`.
bool default_is_sound(const Scope& file) {
  std::vector<Diagnostic> none;
  Findings ignored(none);
  const NodeId value = file.attribute("default");
  const Scope scope{file.context, kDefaultEntry, value, kNoNode, &file};
  for (const Validation& validation : kDefaultEntry.validations) run_validation(scope, validation, ignored);
  return ignored.errors() == 0;
}

}  // namespace

std::vector<JobNodes> validate_file(const Context& context, Findings& findings) {
  const NodeId root = context.root;
  const Scope file{context, kRootEntry, root};
  std::vector<yaml::Entry> candidates;
  std::vector<JobNodes> jobs;
  for (const yaml::Entry& entry : context.tree.entries(root)) {
    const bool named = is_text(context.tree, entry.key);
    if (!named || stands_among_jobs(context.tree, context.tree.text(entry.key), entry.value))
      candidates.push_back(entry);
  }
  if (const auto twice = context.defaults.given_twice(); twice && default_is_sound(file)) {
    findings.plain(diag::Code::keyword_invalid, fmt::format("{} is defined in top-level and `default:` entry", *twice),
                   context.tree.span(file.attribute(*twice)));
    return jobs;
  }
  validate(file, findings);
  const Scope list{context, kJobsEntry, root, kNoNode, &file};
  const std::size_t before = findings.errors();
  validate_job_list(list, candidates, findings);
  if (findings.errors() != before) return jobs;
  const bool workflow_decides = workflow_has_rules(context.tree, root);
  for (const yaml::Entry& candidate : candidates) {
    const Entry* entry = job_entry(context.tree, candidate);
    const Scope job{context, *entry, candidate.value, candidate.key, &list};
    const std::size_t before_job = findings.errors();
    validate(job, findings);
    if (entry == &kHiddenEntry) continue;
    if (!workflow_decides && findings.errors() == before_job) warn_of_many_pipelines(job, findings);
    jobs.push_back({candidate.key, candidate.value, entry == &kBridgeEntry});
  }
  return jobs;
}

}  // namespace willrun::model
