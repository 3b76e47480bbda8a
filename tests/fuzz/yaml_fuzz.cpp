// Any text: both readers, as one document and as a configuration. They must come to the same end: the same diagnostics,
// or the same nodes at the same places. Spans lie in the text, texts of scalars map back into it, and references
// resolve or fail without harm.
#include <cstdint>
#include <string>
#include <string_view>

#include "compose/reference.hpp"
#include "fuzz/require.hpp"
#include "yaml/load.hpp"
#include "yaml/print.hpp"
#include "yaml/scalar_map.hpp"

namespace {

using namespace willrun;

struct Loaded {
  SourceFiles files;
  yaml::Tree tree;
  FileId file{};
  LoadOptions options;

  Loaded(std::string_view text, YamlReader reader) {
    file = files.add("a.yml", std::string(text));
    options.yaml_reader = reader;
    options.limits.yaml_object_bytes = 100'000;  // so that printing what aliases unfold to stays cheap
  }
};

std::string printed(const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const Diagnostic& one : diagnostics) {
    out += std::string(one.code) + " " + std::to_string(one.span.begin) + "-" + std::to_string(one.span.end) + " " +
           one.message + " | " + one.gitlab_text + "\n";
  }
  return out;
}

void check_scalar(const Loaded& loaded, yaml::NodeId id) {
  const yaml::ScalarMap map(loaded.tree, id, loaded.files);
  const std::size_t length = loaded.tree.text(id).size();
  const Span whole = loaded.tree.span(id);
  std::uint32_t last = 0;
  for (std::size_t at = 0; at <= length && at < 1'000; ++at) {
    const std::uint32_t offset = map.file_offset(at);
    require(offset >= whole.begin && offset <= whole.end, "a mapped offset lies in its scalar", std::to_string(at));
    require(offset >= last, "mapped offsets grow", std::to_string(at));
    last = offset;
  }
}

void check_nodes(const Loaded& loaded) {
  const std::size_t size = loaded.files.text(loaded.file).size();
  for (std::size_t i = 0; i < loaded.tree.size(); ++i) {
    const auto id = static_cast<yaml::NodeId>(i);
    const Span span = loaded.tree.span(id);
    require(span.begin <= span.end && span.end <= size, "a span lies in its text", std::to_string(i));
    if (loaded.tree.is_string(id)) check_scalar(loaded, id);
  }
}

std::string document(std::string_view text, YamlReader reader) {
  Loaded loaded(text, reader);
  const auto outcome = yaml::load_document(loaded.tree, loaded.files, loaded.file, loaded.options);
  require(outcome.value.has_value() != has_error(outcome.diagnostics), "a value or an error", {});
  check_nodes(loaded);
  return outcome ? yaml::print(loaded.tree, loaded.files, *outcome.value) : printed(outcome.diagnostics);
}

std::string configuration(std::string_view text, YamlReader reader) {
  Loaded loaded(text, reader);
  const auto outcome = yaml::load_ci_text(loaded.tree, loaded.files, loaded.file, loaded.options);
  if (!outcome) return printed(outcome.diagnostics);
  require(loaded.tree.is_mapping(outcome.value->content), "content is a mapping", {});
  loaded.options.limits.resolved_nodes = 10'000;
  const auto resolved = compose::resolve_references(loaded.tree, outcome.value->content, loaded.options.limits);
  const yaml::NodeId root = resolved ? *resolved.value : outcome.value->content;
  return printed(resolved.diagnostics) + yaml::print(loaded.tree, loaded.files, root);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string one = document(text, YamlReader::libyaml);
  const std::string other = document(text, YamlReader::yaml_cpp);
  require(one == other, "both readers make one document of it", one + "---\n" + other);
  const std::string ci = configuration(text, YamlReader::libyaml);
  const std::string other_ci = configuration(text, YamlReader::yaml_cpp);
  require(ci == other_ci, "both readers make one configuration of it", ci + "---\n" + other_ci);
  return 0;
}
