// Composing a real configuration of many files, against building the YAML trees of its files.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "compose/extends.hpp"
#include "compose/include.hpp"
#include "compose/reference.hpp"
#include "inputs/interpolate.hpp"
#include "yaml/load.hpp"

namespace willrun {
namespace {

constexpr std::string_view kEntry = ".gitlab-ci.yml";

// The YAML files of a folder, by path; empty when there is none.
std::map<std::string, std::string> texts_below(const std::filesystem::path& folder) {
  std::map<std::string, std::string> texts;
  if (!std::filesystem::is_directory(folder)) return texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string path = entry.path().lexically_relative(folder).string();
    if (!path.ends_with(".yml") || path.starts_with("_")) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    texts[path] = text.str();
  }
  return texts;
}

LoadOptions options() {
  LoadOptions options;
  options.yaml_reader = YamlReader::libyaml;
  return options;
}

const std::map<std::string, std::string>& configuration() {
  static const auto texts = texts_below(std::filesystem::path(WILLRUN_SHARED) / "corpus" / "Kitware__CMake");
  return texts;
}

bool missing(benchmark::State& state) {
  if (!configuration().empty()) return false;
  state.SkipWithError("no corpus");
  return true;
}

void report_bytes(benchmark::State& state) {
  std::size_t bytes = 0;
  for (const auto& [path, text] : configuration()) bytes += text.size();
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

void trees(benchmark::State& state) {
  if (missing(state)) return;
  for (auto _ : state) {
    SourceFiles files;
    yaml::Tree tree;
    for (const auto& [path, text] : configuration())
      benchmark::DoNotOptimize(yaml::load_ci_text(tree, files, files.add(path, text), options()));
  }
  report_bytes(state);
}
BENCHMARK(trees);

void compose_all(benchmark::State& state) {
  if (missing(state)) return;
  MemoryFiles source;
  for (const auto& [path, text] : configuration()) source.add(path, text);
  const compose::IncludeRules rules = {[](auto) { return std::nullopt; },
                                       [](auto, auto) { return compose::Admission{.admitted = true, .error = {}}; }};
  const LoadOptions load = options();
  const compose::IncludeContext context{source, {}, rules, load};
  for (auto _ : state) {
    SourceFiles files;
    yaml::Tree tree;
    const FileId entry = files.add(std::string(kEntry), configuration().at(std::string(kEntry)));
    const auto text = yaml::load_ci_text(tree, files, entry, load);
    const auto content = inputs::interpolate(tree, files, *text.value, {}, load);
    compose::Includes includes;
    const auto merged = compose::merge_includes(tree, files, *content.value, context, includes);
    const auto extended = compose::resolve_extends(tree, *merged.content, load.limits);
    const auto whole = compose::resolve_references(tree, *extended.value, load.limits);
    if (!whole) state.SkipWithError("not composed");
  }
  report_bytes(state);
}
BENCHMARK(compose_all);

}  // namespace
}  // namespace willrun
