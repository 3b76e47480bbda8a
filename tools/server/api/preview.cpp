// POST /projects/:id/willrun/preview, which GitLab does not have: what a pipeline of any source would be, drawn, with
// every input error at its input. Nothing is stored.
#include <willrun/graph.hpp>
#include <willrun/report.hpp>

#include "server/access.hpp"
#include "server/api/answers.hpp"
#include "server/api/asked.hpp"
#include "server/api/creating.hpp"
#include "server/api/endpoints.hpp"
#include "server/api/form.hpp"

namespace willrun::server::api {

namespace {

// Of the configuration's own inputs, not of those of a file that it includes.
bool is_about(const Diagnostic& diagnostic, const InputSpec& spec) {
  return diagnostic.labels.empty() && diagnostic.gitlab_text.starts_with("`" + spec.name + "` input: ");
}

Json errors_of(const InputSpec& spec, const std::vector<Diagnostic>& diagnostics) {
  Json errors = Json::array();
  for (const Diagnostic& one : diagnostics) {
    if (is_about(one, spec))
      errors.push_back({{"code", one.code}, {"message", one.message}, {"gitlab", one.gitlab_text}, {"help", one.help}});
  }
  return errors;
}

Json inputs_of(const Creation& creation) {
  if (!creation.compiled) return Json::array();
  const Config& config = creation.compiled->config;
  const std::vector<InputSpec> specs = input_specs(config, creation.trigger.inputs);
  Json list = form_of(specs);
  for (std::size_t i = 0; i < specs.size(); ++i) list[i]["errors"] = errors_of(specs[i], config.diagnostics());
  return list;
}

Json jobs_of(const Graph& graph) {
  Json list = Json::array();
  for (const GraphJob& job : graph.jobs)
    list.push_back({{"name", job.name},
                    {"stage", graph.stages[job.stage]},
                    {"left_out", job.left_out},
                    {"when", job.left_out ? Json(nullptr) : Json(to_string(job.when))},
                    {"why", job.why}});
  return list;
}

// What `willrun explain` prints of the job that was asked for; of none, where the workflow refuses the pipeline. Null:
// there is nothing to explain.
Json explanation_of(const Member& member, const Creation& creation, const std::string& job) {
  if (!creation.compiled || !creation.compiled->program) return nullptr;
  const bool refused = creation.decided->decision.stopped_at == Step::workflow;
  if (job.empty() && !refused) return nullptr;
  const std::string about = refused ? std::string() : job;
  const Explanation explained = explanation_for(member, creation, about);
  if (!about.empty() && !explained.job) return nullptr;
  return render(explained, {}, about, creation.compiled->config.files());
}

Json answer_of(const Creation& creation) {
  static const SourceFiles kNone;
  const SourceFiles& files = creation.compiled ? creation.compiled->config.files() : kNone;
  const Graph graph = graph_of(creation.decided->decision, creation.trigger, files);
  return {{"ref", creation.ref.name},
          {"sha", creation.ref.sha},
          {"verdict", graph.verdict},
          {"workflow", graph.workflow},
          {"inputs", inputs_of(creation)},
          {"variables", creation.compiled ? described_variables(creation.compiled->config) : Json(nullptr)},
          {"jobs", jobs_of(graph)},
          {"svg", graph.jobs.empty() ? Json(nullptr) : Json(to_svg(graph))}};
}

}  // namespace

void preview(const CallPointer& call) {
  const Member member = require_role(*call, Role::developer);
  const CreationRequest request = asked_request(*call, member);
  const auto made = call->creator().create(request, MayWait::for_all);
  Json answer = answer_of(*made);
  answer["explanation"] = explanation_of(member, *made, call->text("job").value_or(""));
  std::string text = to_text(answer);
  text.pop_back();
  text.append(",\"decision\":").append(findings_text(*made)).append("}");
  answer_json_text(*call, 200, std::move(text));
}

}  // namespace willrun::server::api
