#include <algorithm>

#include <willrun/config.hpp>
#include <willrun/decision.hpp>
#include <willrun/processed.hpp>

#include "conformance/context.hpp"
#include "conformance/kinds.hpp"

namespace willrun::conformance {

namespace {

Json pairs(const std::vector<std::pair<std::string, std::string>>& variables) {
  Json map = Json::object();
  for (const auto& [name, value] : variables) map[name] = value;
  return map;
}

// What the processor gave for a job, under `options`.
const Value* option(const Processed& processed, const std::string& job, std::string_view key) {
  for (const Value& one : processed.jobs) {
    if (one.find("name")->text() == job) return one.find("options")->find(key);
  }
  return nullptr;
}

// The needs of a matched rule replace the job's.
Json needs_of(const JobDetails& details) {
  Json needs = Json::array();
  for (const Need& need : details.needs)
    needs.push_back({{"name", need.job}, {"artifacts", need.artifacts}, {"optional", need.optional}});
  return needs;
}

Json shown(const Decision& decision, const JobDecision& job, const Trigger& trigger, const Processed& processed,
           bool with_script) {
  const JobDetails details = willrun::details(decision, job);
  const std::string name(job.name);
  Json json;
  json["name"] = job.name;
  json["stage"] = job.stage;
  json["type"] = job.bridge ? "bridge" : "build";
  json["when"] = to_string(job.when);
  json["allow_failure"] = job.allow_failure;
  if (job.when == When::delayed) json["start_in"] = job.start_in;
  if (!details.needs.empty()) json["needs"] = needs_of(details);
  json["variables"] = pairs(details.variables);
  if (!details.raw_variables.empty()) json["raw_variables"] = details.raw_variables;
  if (job.interruptible) json["interruptible"] = *job.interruptible;
  json["scheduling_type"] = job.waits_for_needs ? "dag" : "stage";
  if (!job.environment.empty()) json["environment"] = job.environment;
  if (const auto taken = tags(decision, job, trigger)) json["tags"] = *taken;
  for (const char* key : {"instance", "parallel", "dependencies", "trigger"}) {
    if (const Value* value = option(processed, name, key)) json[key] = encode(*value, Keys::ci);
  }
  if (job.keeps_exit_codes)
    json["allow_failure_criteria"] = encode(*option(processed, name, "allow_failure_criteria"), Keys::ci);
  if (const Value* value = option(processed, name, "resource_group_key"))
    json["resource_group"] = encode(*value, Keys::ci);
  const Value* script = option(processed, name, "script");
  if (with_script && script != nullptr) json["script"] = encode(*script, Keys::ci);
  return json;
}

Json workflow_of(const Config& config, const Decision& decision) {
  Json json = Json::object();
  if (decision.stopped_at != Step::none && decision.stopped_at < Step::workflow) return json;
  json["when"] = decision.stopped_at == Step::workflow ? "never" : "always";
  if (!decision.workflow_variables.empty()) json["variables"] = pairs(decision.workflow_variables);
  if (!decision.name.empty()) json["name"] = decision.name;
  const auto processed = process(config);
  if (processed) {
    Json cancel = Json::object();
    const auto lay_over = [&](const Value* written) {
      if (written != nullptr) cancel.update(encode(*written, Keys::ci));
    };
    lay_over(processed->workflow.find("auto_cancel"));
    const Value* rules = processed->workflow.find("rules");
    if (decision.workflow_rule && rules != nullptr)
      lay_over(rules->items()[decision.workflow_rule->index].find("auto_cancel"));
    if (!cancel.empty()) json["auto_cancel"] = cancel;
    const bool created = decision.status == Decision::Status::created;
    if (created && !cancel.empty() && decision.name.empty()) json["name"] = nullptr;
  }
  return json;
}

}  // namespace

Verdict check_pipeline(const Json& body, const LoadOptions& load_options) {
  const Json& expected = body.at("expect");
  LoadOptions options = load_options;
  options.mode = LoadMode::pipeline;
  if (body.contains("limits")) {
    const Json& limits = body.at("limits");
    options.limits.pipeline_jobs = limits.value("ci_pipeline_size", options.limits.pipeline_jobs);
    options.limits.pipeline_deployments = limits.value("ci_pipeline_deployments", options.limits.pipeline_deployments);
    if (options.limits.pipeline_deployments == 0) options.limits.pipeline_deployments = UINT32_MAX;
  }
  MemoryFiles files = read_files(body);
  const Trigger trigger = read_trigger(body);
  const Config config = load(trigger.config_path, files, trigger, options);
  const Decision decision = decide(config, trigger);

  Comparison comparison;
  comparison.part(expected, "errors", Json(decision.errors));
  const bool stopped = decision.stopped_at != Step::none;
  comparison.part(expected, "stopped_at", stopped ? Json(to_string(decision.stopped_at)) : Json(nullptr));
  comparison.part(expected, "created", decision.status == Decision::Status::created);
  comparison.part(expected, "skipped", decision.status == Decision::Status::skipped);
  comparison.part(expected, "valid", decision.stopped_at == Step::none || decision.stopped_at > Step::configuration);
  comparison.part(expected, "failure_message", decision.errors.empty() ? Json(nullptr) : Json(decision.errors.front()));
  const bool no_reason = decision.errors.empty();
  comparison.part(expected, "failure_reason", no_reason ? Json(nullptr) : Json(decision.failure_reason));
  comparison.part(expected, "warnings", Json(decision.warnings));
  comparison.part(expected, "workflow", workflow_of(config, decision));
  if (decision.status == Decision::Status::created) {
    const auto processed = process(config);
    Json jobs = Json::array();
    const bool with_script = !body.contains("folder");
    for (const JobDecision& job : decision.jobs) jobs.push_back(shown(decision, job, trigger, *processed, with_script));
    comparison.part(expected, "jobs", jobs);
    comparison.part(expected, "stages", Json(decision.stages));
  }
  return comparison.verdict();
}

}  // namespace willrun::conformance
