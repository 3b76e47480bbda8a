// Globs of rules:changes against paths of a repository.
#include <benchmark/benchmark.h>

#include "glob/glob.hpp"

namespace {

using willrun::glob::Glob;

std::vector<std::string> paths() {
  std::vector<std::string> out;
  for (int i = 0; i < 1'000; ++i) {
    const std::string number = std::to_string(i);
    out.push_back("app/models/concerns/feature_" + number + (i % 3 == 0 ? ".rb" : ".haml"));
    out.push_back("docs/guides/chapter_" + number + "/index.md");
  }
  return out;
}

void match_all(benchmark::State& state, const char* pattern) {
  const Glob glob(pattern);
  const std::vector<std::string> all = paths();
  for (auto _ : state) {
    for (const std::string& path : all) benchmark::DoNotOptimize(glob.matches(path));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * all.size()));
}

void compile(benchmark::State& state, const char* pattern) {
  for (auto _ : state) benchmark::DoNotOptimize(Glob(pattern));
}

BENCHMARK_CAPTURE(match_all, suffix_anywhere, "**/*.rb");
BENCHMARK_CAPTURE(match_all, below_folder, "docs/**/*");
BENCHMARK_CAPTURE(match_all, exact, "docs/guides/chapter_7/index.md");
BENCHMARK_CAPTURE(match_all, braces, "{app,lib}/**/*.{rb,erb}");
BENCHMARK_CAPTURE(match_all, two_spans, "app/**/concerns/**/feature_*1?.rb");
BENCHMARK_CAPTURE(match_all, stars, "*a*o*/*s*/*c*/*f*");
BENCHMARK_CAPTURE(compile, simple, "docs/**/*");
BENCHMARK_CAPTURE(compile, braces, "{app,lib}/**/*.{rb,erb}");

}  // namespace
