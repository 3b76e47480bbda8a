#include <algorithm>

#include <willrun/fixes.hpp>
#include <willrun/report.hpp>

#include "report/decision_words.hpp"
#include "report/json_parts.hpp"

namespace willrun {

namespace {

using namespace report;
using report::word;  // beside the words below

Json texts(std::span<const std::string> all) {
  Json json = Json::array();
  for (const std::string& text : all) json.push_back(text);
  return json;
}

Json fix(const Diagnostic& diagnostic, const SourceFiles& files, const ShownPaths& paths) {
  if (!diagnostic.fix) return nullptr;
  return {{"kind", to_string(fix_kind(diagnostic.code))},
          {"place", json_place(files, diagnostic.fix->span, paths)},
          {"text", diagnostic.fix->text}};
}

Json finding(const Diagnostic& diagnostic, const SourceFiles& files, const ShownPaths& paths) {
  Json json;
  json["code"] = diagnostic.code;
  json["name"] = diagnostic.name;
  json["severity"] = to_string(diagnostic.severity);
  json["message"] = diagnostic.message;
  json["gitlab"] = optional_text(diagnostic.gitlab_text);
  json["help"] = optional_text(diagnostic.help);
  json["place"] = json_place(files, diagnostic.span, paths);
  json["labels"] = Json::array();
  for (const Label& label : diagnostic.labels) {
    json["labels"].push_back({{"text", label.text}, {"place", json_place(files, label.span, paths)}});
  }
  json["fix"] = fix(diagnostic, files, paths);
  return json;
}

Json findings(std::span<const Diagnostic> diagnostics, const SourceFiles& files, const ShownPaths& paths) {
  Json json = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) json.push_back(finding(diagnostic, files, paths));
  return json;
}

// Decisions, with the files that their spans point into.
class DecisionJson {
 public:
  DecisionJson(const SourceFiles& files, const ShownPaths& paths) : files_(files), paths_(paths) {}

  Json job(const Decision& decision, const JobDecision& decided) const {
    const JobDetails details = willrun::details(decision, decided);
    Json json;
    json["name"] = decided.name;
    json["stage"] = decided.stage;
    json["when"] = to_string(decided.when);
    json["allow_failure"] = decided.allow_failure;
    json["start_in"] = optional_text(decided.start_in);
    json["interruptible"] = decided.interruptible ? Json(*decided.interruptible) : Json(nullptr);
    json["rule"] = json_rule(decided.rule, files_, paths_);
    json["needs"] = Json::array();
    for (const Need& need : details.needs) {
      json["needs"].push_back({{"job", need.job}, {"artifacts", need.artifacts}, {"optional", need.optional}});
    }
    json["variables"] = Json::object();
    for (const auto& [key, value] : details.variables) json["variables"][key] = value;
    json["place"] = json_place(files_, decided.span, paths_);
    return json;
  }

  Json left_out(const LeftOutJob& job) const {
    return {{"name", job.name},
            {"stage", job.stage},
            {"reason", word(job.reason)},
            {"rule", json_rule(job.rule, files_, paths_)},
            {"place", json_place(files_, job.span, paths_)}};
  }

 private:
  const SourceFiles& files_;
  const ShownPaths& paths_;
};

std::string_view word(ComparedWith with) {
  switch (with) {
    case ComparedWith::nothing: return "nothing";
    case ComparedWith::unknown: return "unknown";
    case ComparedWith::changed_files: return "changed_files";
    case ComparedWith::ref: return "ref";
    case ComparedWith::tree: return "tree";
    case ComparedWith::project: break;
  }
  return "project";
}

// Explanations, with the files that their spans point into.
class ExplanationJson {
 public:
  ExplanationJson(const SourceFiles& files, const ShownPaths& paths) : files_(files), paths_(paths) {}

  Json print(const Explanation& explained, std::span<const ExplainedInclude> includes, std::string_view job) const {
    const Decision& decision = explained.decision;
    Json json;
    json["job"] = optional_text(job);
    json["instance"] = explained.instances.empty() ? Json() : Json(explained.job_name);
    json["instances"] = Json::array();
    for (const ExplainedInstance& one : explained.instances)
      json["instances"].push_back({{"name", one.name}, {"in_pipeline", one.in_pipeline}});
    json["status"] = status_name(decision.status);
    json["message"] = optional_text(decision.message());
    json["in_pipeline"] = explained.job && std::ranges::count(decision.jobs, *explained.job, &JobDecision::job) > 0;
    json["workflow"] = rules(explained.workflow);
    json["rules"] = rules(explained.rules);
    json["policies"] = Json::array();
    for (const ExplainedPolicy& one : explained.policies) json["policies"].push_back(policy(one));
    json["way_in"] = way(explained.way_in);
    json["usual"] = explained.usual;
    json["includes"] = Json::array();
    for (const ExplainedInclude& one : includes) {
      json["includes"].push_back({{"location", one.location},
                                  {"place", json_place(files_, one.place, paths_)},
                                  {"included", one.included},
                                  {"rules", rules(one.rules)},
                                  {"way_in", way(one.way_in)}});
    }
    return json;
  }

 private:
  static Json way(const std::optional<WayIn>& way) {
    if (!way) return nullptr;
    return {{"rule", way->rule + 1}, {"differences", way->differences}};
  }

  static Json read(const std::vector<ReadVariable>& variables) {
    Json list = Json::array();
    for (const ReadVariable& variable : variables) {
      list.push_back({{"name", variable.name},
                      {"value", variable.value ? Json(*variable.value) : Json()},
                      {"level", optional_text(variable.level)},
                      {"overrides", optional_text(variable.overrides)}});
    }
    return list;
  }

  static Json compared(const std::optional<ExplainedPaths>& paths) {
    if (!paths) return nullptr;
    return {{"held", paths->held},
            {"with", word(paths->with)},
            {"other", optional_text(paths->other)},
            {"pattern", optional_text(paths->pattern)},
            {"path", optional_text(paths->path)},
            {"patterns", paths->patterns}};
  }

  static Json policy(const ExplainedPolicy& policy) {
    Json clauses = Json::array();
    for (const ExplainedClause& clause : policy.clauses) {
      clauses.push_back({{"name", clause.name},
                         {"held", clause.held},
                         {"matched", optional_text(clause.matched)},
                         {"path", optional_text(clause.path)},
                         {"all", clause.all}});
    }
    return {{"keyword", policy.except ? "except" : "only"},
            {"by_default", policy.by_default},
            {"allows", policy.allows},
            {"clauses", std::move(clauses)},
            {"read", read(policy.read)}};
  }

  Json rules(const std::vector<ExplainedRule>& all) const {
    Json list = Json::array();
    for (const ExplainedRule& rule : all) {
      Json parts = Json::array();
      for (const ConditionPart& part : rule.parts) parts.push_back({{"text", part.text}, {"held", part.held}});
      list.push_back({{"number", rule.rule.index + 1},
                      {"if", optional_text(rule.rule.condition)},
                      {"place", json_place(files_, rule.rule.span, paths_)},
                      {"reached", rule.reached},
                      {"matched", rule.matched},
                      {"when", to_string(rule.when)},
                      {"condition", rule.condition ? Json(*rule.condition) : Json()},
                      {"parts", std::move(parts)},
                      {"read", read(rule.read)},
                      {"changes", compared(rule.changes)},
                      {"exists", compared(rule.exists)},
                      {"error", optional_text(rule.error)}});
    }
    return list;
  }

  const SourceFiles& files_;
  const ShownPaths& paths_;
};

Json linted_file(const LintedFile& file) {
  Json json;
  json["path"] = file.path;
  json["failure"] = optional_text(file.failure);
  if (!file.failure.empty() || file.files == nullptr) return json;
  json["valid"] = file.whole ? Json(file.valid) : Json();
  json["errors"] = texts(file.gitlab_errors);
  json["warnings"] = texts(file.gitlab_warnings);
  json["findings"] = findings(file.diagnostics, *file.files, file.paths);
  return json;
}

}  // namespace

std::string to_json(std::span<const LintedFile> linted) {
  Json json;
  json["files"] = Json::array();
  for (const LintedFile& file : linted) json["files"].push_back(linted_file(file));
  return text_of(json);
}

std::string to_json(const Decision& decision, std::span<const Diagnostic> diagnostics, const SourceFiles& files,
                    const ShownPaths& paths) {
  const DecisionJson print(files, paths);
  Json json;
  json["status"] = status_name(decision.status);
  json["created"] = decision.status == Decision::Status::created;
  json["message"] = optional_text(decision.message());
  json["errors"] = decision.errors;
  json["warnings"] = decision.warnings;
  json["failure_reason"] = optional_text(decision.failure_reason);
  json["name"] = decision.shown_name.empty() ? Json() : Json(decision.shown_name);
  json["workflow_rule"] = json_rule(decision.workflow_rule, files, paths);
  json["stages"] = decision.stages;
  json["jobs"] = Json::array();
  for (const JobDecision& job : decision.jobs) json["jobs"].push_back(print.job(decision, job));
  json["left_out"] = Json::array();
  for (const LeftOutJob& job : decision.left_out) json["left_out"].push_back(print.left_out(job));
  json["findings"] = findings(diagnostics, files, paths);
  return text_of(json);
}

std::string to_json(const Explanation& explanation, std::span<const ExplainedInclude> includes, std::string_view job,
                    const SourceFiles& files, const ShownPaths& paths) {
  return text_of(ExplanationJson(files, paths).print(explanation, includes, job));
}

}  // namespace willrun
