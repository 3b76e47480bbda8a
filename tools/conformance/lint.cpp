#include <willrun/config.hpp>
#include <willrun/processed.hpp>

#include "conformance/context.hpp"
#include "conformance/kinds.hpp"

namespace willrun::conformance {

Verdict check_lint(const Json& body, const LoadOptions& options) {
  const Json& expected = body.at("expect");
  MemoryFiles files = read_files(body);
  const Trigger trigger = read_trigger(body);
  const Config config = load(trigger.config_path, files, trigger, options);

  Comparison comparison;
  if (expected.contains("ruby_crash")) {
    comparison.equal("ruby_crash", true, !config.valid());
    return comparison.verdict();
  }
  comparison.part(expected, "errors", Json(config.gitlab_errors()));
  comparison.part(expected, "warnings", Json(config.gitlab_warnings()));
  comparison.part(expected, "valid", config.valid());
  if (const auto processed = process(config)) {
    comparison.part(expected, "stages", Json(processed->stages));
    comparison.part(expected, "root_variables", encode(processed->root_variables, Keys::ci));
    comparison.part(expected, "workflow", encode(processed->workflow, Keys::ci));
    comparison.part(expected, "jobs", encode(Value(processed->jobs), Keys::ci));
  }
  Json includes = Json::array();
  for (const Include& include : config.includes())
    includes.push_back({{"type", to_string(include.origin)}, {"location", include.location}});
  comparison.part(expected, "includes", includes);
  return comparison.verdict();
}

}  // namespace willrun::conformance
