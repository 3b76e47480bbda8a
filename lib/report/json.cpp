#include <algorithm>

#include <nlohmann/json.hpp>

#include <willrun/report.hpp>

#include "report/decision_words.hpp"
#include "report/paint.hpp"
#include "report/place.hpp"

namespace willrun {

namespace {

using Json = nlohmann::ordered_json;

// Bytes that are no UTF-8 cannot stand in JSON: they become U+FFFD.
std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json place(const SourceFiles& files, Span span, const ShownPaths& paths) {
  if (!report::has_place(files, span)) return nullptr;
  const LineColumn begin = files.locate(span.file, span.begin);
  const LineColumn end = files.locate(span.file, span.end);
  Json json;
  json["file"] = report::file_name(files, span.file, paths);
  json["line"] = begin.line;
  json["column"] = begin.column;
  json["end_line"] = end.line;
  json["end_column"] = end.column;
  json["begin"] = span.begin;
  json["end"] = span.end;
  return json;
}

Json optional_text(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

Json texts(std::span<const std::string> all) {
  Json json = Json::array();
  for (const std::string& text : all) json.push_back(text);
  return json;
}

Json finding(const Diagnostic& diagnostic, const SourceFiles& files, const ShownPaths& paths) {
  Json json;
  json["code"] = diagnostic.code;
  json["name"] = diagnostic.name;
  json["severity"] = to_string(diagnostic.severity);
  json["message"] = diagnostic.message;
  json["gitlab"] = optional_text(diagnostic.gitlab_text);
  json["help"] = optional_text(diagnostic.help);
  json["place"] = place(files, diagnostic.span, paths);
  json["labels"] = Json::array();
  for (const Label& label : diagnostic.labels) {
    json["labels"].push_back({{"text", label.text}, {"place", place(files, label.span, paths)}});
  }
  return json;
}

Json findings(std::span<const Diagnostic> diagnostics, const SourceFiles& files, const ShownPaths& paths) {
  Json json = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) json.push_back(finding(diagnostic, files, paths));
  return json;
}

std::string_view word(LeftOut reason) {
  switch (reason) {
    case LeftOut::no_rule_matched: return "no_rule_matched";
    case LeftOut::rule_says_never: return "rule_says_never";
    case LeftOut::not_for_this_ref: return "not_for_this_ref";
    case LeftOut::only_or_except: break;
  }
  return "only_or_except";
}

// Decisions, with the files that their spans point into.
class DecisionJson {
 public:
  DecisionJson(const SourceFiles& files, const ShownPaths& paths) : files_(files), paths_(paths) {}

  Json rule(const std::optional<DecidingRule>& decided) const {
    if (!decided) return nullptr;
    return {{"number", decided->index + 1},
            {"if", optional_text(decided->condition)},
            {"place", place(files_, decided->span, paths_)}};
  }

  Json job(const Decision& decision, const JobDecision& decided) const {
    const JobDetails details = willrun::details(decision, decided);
    Json json;
    json["name"] = decided.name;
    json["stage"] = decided.stage;
    json["when"] = to_string(decided.when);
    json["allow_failure"] = decided.allow_failure;
    json["start_in"] = optional_text(decided.start_in);
    json["interruptible"] = decided.interruptible ? Json(*decided.interruptible) : Json(nullptr);
    json["rule"] = rule(decided.rule);
    json["needs"] = Json::array();
    for (const Need& need : details.needs) {
      json["needs"].push_back({{"job", need.job}, {"artifacts", need.artifacts}, {"optional", need.optional}});
    }
    json["variables"] = Json::object();
    for (const auto& [key, value] : details.variables) json["variables"][key] = value;
    json["place"] = place(files_, decided.span, paths_);
    return json;
  }

  Json left_out(const LeftOutJob& job) const {
    return {{"name", job.name},
            {"stage", job.stage},
            {"reason", word(job.reason)},
            {"rule", rule(job.rule)},
            {"place", place(files_, job.span, paths_)}};
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
    json["instance"] = explained.instances > 0 ? Json(explained.job_name) : Json();
    json["status"] = report::status_name(decision.status);
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
                                  {"place", place(files_, one.place, paths_)},
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
                         {"path", optional_text(clause.path)}});
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
                      {"place", place(files_, rule.rule.span, paths_)},
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
  json["valid"] = file.valid;
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
  json["status"] = report::status_name(decision.status);
  json["created"] = decision.status == Decision::Status::created;
  json["message"] = optional_text(decision.message());
  json["errors"] = decision.errors;
  json["warnings"] = decision.warnings;
  json["failure_reason"] = optional_text(decision.failure_reason);
  json["name"] = decision.shown_name.empty() ? Json() : Json(decision.shown_name);
  json["workflow_rule"] = print.rule(decision.workflow_rule);
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
