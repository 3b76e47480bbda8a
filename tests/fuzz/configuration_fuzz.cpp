// Any text as a configuration that may include itself and a few other files: it is judged, merged, processed and
// decided without harm. A valid one has no errors and can be decided; an invalid one says why.
#include <cstdint>
#include <string>
#include <string_view>

#include <willrun/decision.hpp>
#include <willrun/merged.hpp>
#include <willrun/processed.hpp>

#include "fuzz/require.hpp"

namespace {

using namespace willrun;

constexpr std::string_view kPath = ".gitlab-ci.yml";

void check(std::string_view text, Edition edition, LoadMode mode) {
  MemoryFiles files;
  files.add(std::string(kPath), std::string(text));
  files.add("a.yml", ".base: {image: i, tags: [t]}\nja: {extends: .base, script: a, parallel: 2}\n");
  files.add("b.yml", "spec: {inputs: {n: {default: x}}}\n---\n'j-$[[ inputs.n ]]': {script: b, needs: [ja]}\n");
  LoadOptions options;
  options.edition = edition;
  options.mode = mode;
  options.yaml_reader = YamlReader::libyaml;
  options.limits.yaml_object_bytes = 100'000;
  Trigger trigger = Trigger::by_merge_request("topic", "main");
  trigger.changed_files = {{"a.c"}};
  trigger.tree = {{"a.c", "src/b.c"}};
  const Config config = load(kPath, files, trigger, options);
  const std::string about(text);
  require(!config.valid() || config.gitlab_errors().empty(), "a valid configuration has no errors", about);
  require(config.valid() || !config.diagnostics().empty(), "a refusal is explained", about);
  for (const Diagnostic& found : config.diagnostics())
    require(found.span.end <= config.files().text(found.span.file).size(), "spans lie in their files", about);
  static_cast<void>(merged_yaml(config, Origins::comments));
  require(process(config).has_value() == config.valid(), "what is valid is processed", about);
  const Decision decision = decide(config, trigger);
  for (const JobDecision& job : decision.jobs) {
    static_cast<void>(details(decision, job));
    static_cast<void>(tags(decision, job, trigger));
    static_cast<void>(downstream(decision, job, trigger));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(text, Edition::ee, LoadMode::pipeline);
  check(text, Edition::ce, LoadMode::lint);
  return 0;
}
