#include <willrun/scenario.hpp>

#include "report/json_parts.hpp"

namespace willrun {

namespace {

using namespace report;

std::string_view kind_word(Difference::Kind kind) {
  switch (kind) {
    case Difference::Kind::missing: return "missing";
    case Difference::Kind::unexpected: return "unexpected";
    case Difference::Kind::value: break;
  }
  return "value";
}

class ReportJson {
 public:
  explicit ReportJson(const ScenarioReport& report) : report_(report) {}

  Json scenario(const ScenarioResult& result) const {
    Json json;
    json["name"] = result.name;
    json["passed"] = result.passed();
    json["place"] = json_place(*report_.files, result.span, report_.paths);
    json["differences"] = Json::array();
    for (const Difference& one : result.differences) json["differences"].push_back(difference(one, result));
    return json;
  }

  Json coverage() const {
    const CoverageReport& found = report_.coverage;
    Json json;
    json["rules"] = found.rules;
    json["rules_matched"] = found.rules - found.unmatched.size();
    json["percent"] = found.percent();
    json["jobs"] = found.jobs;
    json["jobs_run"] = found.jobs - found.never_run.size();
    json["unmatched"] = Json::array();
    for (const CoverageReport::Rule& one : found.unmatched) {
      Json rule = json_rule(one.rule, *one.configuration, report_.paths);
      json["unmatched"].push_back({{"job", optional_text(one.job)}, {"rule", std::move(rule)}});
    }
    json["never_run"] = Json::array();
    for (const CoverageReport::Job& one : found.never_run) {
      json["never_run"].push_back(
          {{"job", one.name}, {"place", json_place(*one.configuration, one.span, report_.paths)}});
    }
    return json;
  }

 private:
  Json difference(const Difference& one, const ScenarioResult& result) const {
    const bool value = one.kind == Difference::Kind::value;
    std::optional<DecidingRule> rule = one.rule;
    if (one.left_out) rule = one.left_out->rule;
    if (one.taken) rule = one.taken->rule;
    Json json;
    json["kind"] = kind_word(one.kind);
    json["key"] = one.key;
    json["job"] = optional_text(one.job);
    json["expected"] = value ? Json(one.expected) : Json();
    json["found"] = value ? Json(one.found) : Json();
    json["reason"] = one.left_out ? Json(word(one.left_out->reason)) : Json();
    json["rule"] = rule ? json_rule(rule, *result.configuration, report_.paths) : Json();
    json["help"] = optional_text(one.advice);
    json["place"] = json_place(*report_.files, one.span, report_.paths);
    return json;
  }

  const ScenarioReport& report_;
};

}  // namespace

std::string to_json(const ScenarioReport& report) {
  const ReportJson print(report);
  Json json;
  json["path"] = report.path;
  json["passed"] = report.results.size() - report.failed();
  json["failed"] = report.failed();
  json["scenarios"] = Json::array();
  for (const ScenarioResult& result : report.results) json["scenarios"].push_back(print.scenario(result));
  json["coverage"] = print.coverage();
  return text_of(json);
}

}  // namespace willrun
