// A file's text and inputs for it: up to the first NUL the text, behind it lines `name=value`, where a value is read as
// the JSON of inputs or else is a text.
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.hpp"
#include "inputs/interpolate.hpp"
#include "inputs/json.hpp"
#include "yaml/load.hpp"

namespace {

using namespace willrun;

// Small, so that what is made stays small.
LoadOptions options() {
  LoadOptions made;
  made.yaml_reader = YamlReader::libyaml;
  made.limits.interpolated_bytes = 100'000;
  made.limits.json_depth = 50;
  made.limits.json_number_digits = 1'000;
  return made;
}

yaml::NodeId read_given(yaml::Tree& tree, std::string_view lines, const Limits& limits) {
  std::vector<yaml::Entry> entries;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view text = line.substr(equals + 1);
    const auto json = inputs::read_json(tree, text, {}, limits);
    entries.push_back({tree.add_string(line.substr(0, equals), {}), json ? *json : tree.add_string(text, {})});
  }
  return tree.add_mapping(entries, {});
}

bool has_symbol(const yaml::Tree& tree, yaml::NodeId node) {
  if (tree.kind(node) == ValueKind::symbol) return true;
  for (const yaml::NodeId item : tree.items(node)) {
    if (has_symbol(tree, item)) return true;
  }
  for (const yaml::Entry& entry : tree.entries(node)) {
    if (has_symbol(tree, entry.key) || has_symbol(tree, entry.value)) return true;
  }
  return false;
}

void check_findings(const SourceFiles& files, const std::vector<Diagnostic>& findings) {
  for (const Diagnostic& finding : findings) {
    require(!finding.message.empty(), "a finding says something", finding.gitlab_text);
    require(finding.span.begin <= finding.span.end, "a span runs forward", finding.message);
    require(finding.span.end <= files.text(finding.span.file).size(), "a span is in its file", finding.message);
    const bool is_own = finding.name == "interpolation-limit" || finding.name == "inputs-crash";
    require(is_own || !finding.gitlab_text.empty(), "a finding has GitLab's text", finding.message);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string_view text = bytes.substr(0, bytes.find('\0'));
  const std::string_view lines = bytes.substr(std::min(text.size() + 1, bytes.size()));
  SourceFiles files;
  yaml::Tree tree;
  const FileId file = files.add("a.yml", std::string(text));
  const LoadOptions load_options = options();
  const auto loaded = yaml::load_ci_text(tree, files, file, load_options);
  if (!loaded.value) return 0;
  const std::vector<Variable> variables{{.key = "A", .value = "a$B"}, {.key = "M", .value = "m", .masked = true}};
  inputs::Arguments arguments;
  arguments.given = read_given(tree, lines, load_options.limits);
  arguments.variables = variables;
  arguments.check_rule_graph = size % 2 == 0;
  const auto filled = inputs::interpolate(tree, files, *loaded.value, arguments, load_options);
  check_findings(files, filled.diagnostics);
  require(filled.value.has_value() == filled.diagnostics.empty(), "a value or findings", std::string(text));
  if (!filled.value) return 0;
  require(tree.is_mapping(*filled.value), "content is a map", std::string(text));
  const bool is_plain = text.find("$[[") == std::string_view::npos && text.find("\\") == std::string_view::npos;
  const bool is_untouched = !loaded.value->has_header || (is_plain && !has_symbol(tree, loaded.value->content));
  require(!is_untouched || *filled.value == loaded.value->content, "content without blocks is shared",
          std::string(text));
  return 0;
}
