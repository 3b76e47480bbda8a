// A file with many jobs and blocks: cost of filling them in, for each node, and whether it grows with the file only.
#include <benchmark/benchmark.h>

#include <string>

#include "inputs/block.hpp"
#include "inputs/interpolate.hpp"
#include "inputs/json.hpp"
#include "yaml/load.hpp"

namespace {

using namespace willrun;

std::string file_with(std::int64_t jobs) {
  std::string text =
      "spec:\n  inputs:\n    env: {options: [staging, production], default: staging}\n    count: {type: number, "
      "default: 2}\n"
      "    tags: {type: array, default: [docker, linux]}\n---\n";
  for (std::int64_t i = 0; i < jobs; ++i) {
    const std::string number = std::to_string(i);
    text.append("job-").append(number).append("-$[[ inputs.env ]]:\n  stage: build\n  tags: $[[ inputs.tags ]]\n");
    text.append("  variables: {COUNT: \"$[[ inputs.count ]]\", NAME: plain}\n");
    text.append("  script:\n    - make all\n    - ./deploy --env $[[ inputs.env ]] --job ").append(number).append("\n");
  }
  return text;
}

void BM_Interpolate(benchmark::State& state) {
  SourceFiles files;
  const FileId file = files.add("a.yml", file_with(state.range(0)));
  LoadOptions options;
  options.limits.yaml_bytes = options.limits.yaml_object_bytes = 1'000'000'000;
  options.yaml_reader = YamlReader::libyaml;
  yaml::Tree loaded;
  const auto text = yaml::load_ci_text(loaded, files, file, options);
  const auto nodes = static_cast<std::int64_t>(loaded.size());
  for (auto _ : state) {
    // The tree only grows, so it is made anew, which is not what is measured.
    state.PauseTiming();
    yaml::Tree tree;
    const auto fresh = yaml::load_ci_text(tree, files, file, options);
    state.ResumeTiming();
    benchmark::DoNotOptimize(inputs::interpolate(tree, files, *fresh.value, {}, options));
  }
  state.SetItemsProcessed(state.iterations() * nodes);
  state.SetComplexityN(nodes);
}
BENCHMARK(BM_Interpolate)
    ->Arg(250)
    ->Arg(1'000)
    ->Arg(4'000)
    ->Arg(16'000)
    ->Iterations(20)
    ->Complexity()
    ->Unit(benchmark::kMicrosecond);

void BM_FindBlocks(benchmark::State& state) {
  const std::string text = "./deploy --env $[[ inputs.env ]] --count $[[ inputs.count | truncate(0,2) ]] --all";
  for (auto _ : state) benchmark::DoNotOptimize(inputs::find_blocks(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(BM_FindBlocks);

void BM_ReadJson(benchmark::State& state) {
  const std::string text = R"([1, 2.5, "text", true, {"key": [null, "a\u00e9"]}])";
  for (auto _ : state) {
    yaml::Tree tree;
    benchmark::DoNotOptimize(inputs::read_json(tree, text, {}));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(BM_ReadJson);

}  // namespace
