#include <algorithm>

#include <nlohmann/json.hpp>

#include <willrun/fixes.hpp>
#include <willrun/report.hpp>

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

Json fix(const Diagnostic& diagnostic, const SourceFiles& files, const ShownPaths& paths) {
  if (!diagnostic.fix) return nullptr;
  return {{"kind", to_string(fix_kind(diagnostic.code))},
          {"place", place(files, diagnostic.fix->span, paths)},
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
  json["place"] = place(files, diagnostic.span, paths);
  json["labels"] = Json::array();
  for (const Label& label : diagnostic.labels) {
    json["labels"].push_back({{"text", label.text}, {"place", place(files, label.span, paths)}});
  }
  json["fix"] = fix(diagnostic, files, paths);
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
    case LeftOut::not_for_this_ref: break;
  }
  return "not_for_this_ref";
}

std::string_view word(Decision::Status status) {
  switch (status) {
    case Decision::Status::created: return "created";
    case Decision::Status::skipped: return "skipped";
    case Decision::Status::failed: break;
  }
  return "failed";
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
  json["status"] = word(decision.status);
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

std::string to_json(const Explanation& explanation, std::string_view job, const SourceFiles& files,
                    const ShownPaths& paths) {
  const auto flag = [](std::optional<bool> held) { return held ? Json(*held) : Json(); };
  const auto rules = [&](const std::vector<ExplainedRule>& all) {
    Json list = Json::array();
    for (const ExplainedRule& rule : all) {
      Json read = Json::array();
      for (const ReadVariable& variable : rule.read)
        read.push_back({{"name", variable.name},
                        {"value", variable.value ? Json(*variable.value) : Json()},
                        {"level", optional_text(variable.level)}});
      list.push_back(
          {{"number", rule.rule.index + 1},
           {"if", optional_text(rule.rule.condition)},
           {"place", place(files, rule.rule.span, paths)},
           {"matched", rule.matched},
           {"when", to_string(rule.when)},
           {"clauses", {{"if", flag(rule.condition)}, {"changes", flag(rule.changes)}, {"exists", flag(rule.exists)}}},
           {"read", std::move(read)},
           {"differences", rule.differences}});
    }
    return list;
  };
  const auto& jobs = explanation.decision.jobs;
  Json json;
  json["job"] = optional_text(job);
  json["status"] = word(explanation.decision.status);
  json["message"] = optional_text(explanation.decision.message());
  json["in_pipeline"] = std::any_of(jobs.begin(), jobs.end(), [&](const JobDecision& one) { return one.name == job; });
  json["workflow"] = rules(explanation.workflow);
  json["rules"] = rules(explanation.rules);
  json["rules_not_reached"] = explanation.not_reached;
  return text_of(json);
}

}  // namespace willrun
