// GET /projects/:id/willrun/form, which GitLab does not have: the inputs and variables that a pipeline on a ref may be
// given.
#include "server/api/form.hpp"

#include <algorithm>

#include <willrun/merged.hpp>
#include <willrun/processed.hpp>
#include <willrun/yaml.hpp>

#include "common/value_json.hpp"
#include "server/abilities.hpp"
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

// Most configurations have no description, and are not printed and read again for each change of a form.
bool names_descriptions(const Config& config) {
  const SourceFiles& files = config.files();
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files.text(static_cast<FileId>(i)).find("description") != std::string_view::npos) return true;
  }
  return false;
}

// The file's variables as written: only the composed text has what is said about them.
Value written_variables(const Config& config) {
  const auto document = read_yaml(merged_yaml(config)).value;
  const Value* variables = document ? document->find("variables") : nullptr;
  return variables == nullptr ? Value() : *variables;
}

// What GitLab takes as a description: a text or an integer. Empty: there is none.
std::string description_of(const Value& about) {
  const Value* description = about.find("description");
  if (description == nullptr) return {};
  switch (description->kind()) {
    case ValueKind::string:
    case ValueKind::symbol:
    case ValueKind::big_integer: return description->text();
    case ValueKind::integer: return std::to_string(description->integer());
    default: return {};
  }
}

Json options_of(const Value& about) {
  const Value* options = about.find("options");
  return options == nullptr || options->kind() != ValueKind::sequence ? Json::array() : values_json(options->items());
}

}  // namespace

Json described_variables(const Config& config) {
  if (!config.valid()) return nullptr;
  Json list = Json::array();
  if (!names_descriptions(config)) return list;
  const std::optional<Processed> processed = process(config);
  const Value written = written_variables(config);
  for (const Value& variable : processed->root_variables.items()) {
    const std::string& key = variable.find("key")->text();
    const Value* about = written.find(key);
    const std::string description = about == nullptr ? std::string() : description_of(*about);
    if (description.empty()) continue;
    list.push_back({{"key", key},
                    {"value", variable.find("value")->text()},
                    {"description", description},
                    {"options", options_of(*about)}});
  }
  return list;
}

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
  const auto made = call->creator().create(request, MayWait::for_all);
  if (!made->compiled) {
    call->service.answer(*call, base_response(400, made->decided->error, findings_text(*made)));
    return;
  }
  answer_json(*call, 200,
              {{"ref", made->ref.name},
               {"sha", made->ref.sha},
               {"inputs", form_of(input_specs(made->compiled->config))},
               {"variables", described_variables(made->compiled->config)},
               {"may_set_variables", may_set_variables(member.project, *member.user)}});
}

}  // namespace api

}  // namespace willrun::server
