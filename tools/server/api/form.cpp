// GET /projects/:id/willrun/form, which GitLab does not have: the inputs that a pipeline on a ref may be given.
#include "server/api/form.hpp"

#include "common/value_json.hpp"
#include "server/access.hpp"
#include "server/api/answers.hpp"
#include "server/api/asked.hpp"
#include "server/api/creating.hpp"
#include "server/api/endpoints.hpp"

namespace willrun::server {

namespace {

Json values_json(const std::vector<Value>& values) {
  Json list = Json::array();
  for (const Value& value : values) list.push_back(tools::to_json_value(value));
  return list;
}

Json rules_json(const std::vector<InputRule>& rules) {
  Json list = Json::array();
  for (const InputRule& rule : rules)
    list.push_back({{"if", rule.condition},
                    {"options", values_json(rule.options)},
                    {"default", tools::to_json_value(rule.default_value)}});
  return list;
}

}  // namespace

Json form_of(const std::vector<InputSpec>& specs) {
  Json list = Json::array();
  for (const InputSpec& spec : specs)
    list.push_back({{"name", spec.name},
                    {"type", to_string(spec.type)},
                    {"description", spec.description},
                    {"required", spec.required},
                    {"default", spec.default_value ? tools::to_json_value(*spec.default_value) : Json(nullptr)},
                    {"options", values_json(spec.options)},
                    {"regex", spec.regex ? Json(*spec.regex) : Json(nullptr)},
                    {"rules", rules_json(spec.rules)}});
  return list;
}

namespace api {

void show_form(const CallPointer& call) {
  const Member member = require_role(*call, Role::developer);
  CreationRequest request = asked_request(*call, member);
  request.inputs = nullptr;
  const auto made = call->service.creator().create(request, MayWait::for_all);
  if (!made->compiled) {
    call->service.answer(*call, base_response(400, made->decided->error, findings_text(*made)));
    return;
  }
  answer_json(
      *call, 200,
      {{"ref", made->ref.name}, {"sha", made->ref.sha}, {"inputs", form_of(input_specs(made->compiled->config))}});
}

}  // namespace api

}  // namespace willrun::server
