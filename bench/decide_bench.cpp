// One decision on a compiled program, the trigger's set-up included, by the rules of the file.
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include <willrun/decision.hpp>

#include "program/program.hpp"
#include "workload.hpp"

namespace {

std::atomic<std::uint64_t> allocations{0};

}  // namespace

// Counts what the decision asks of the heap.
void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace willrun {
namespace {

void decide_jobs(benchmark::State& state, Trigger trigger) {
  MemoryFiles files;
  files.add(".gitlab-ci.yml", bench::configuration(static_cast<int>(state.range(0))));
  LoadOptions options;
  options.mode = LoadMode::pipeline;
  options.yaml_reader = YamlReader::libyaml;
  options.limits.yaml_bytes = options.limits.yaml_object_bytes = UINT32_MAX;
  options.limits.yaml_events = UINT32_MAX;
  const Config config = load(".gitlab-ci.yml", files, trigger, options);
  const auto program = compile(config);
  if (!program) {
    state.SkipWithError("the workload is not valid");
    return;
  }
  const auto rules = static_cast<double>(program->compiled().rules.size());
  std::uint64_t asked = 0;
  for (auto _ : state) {
    const std::uint64_t before = allocations.load(std::memory_order_relaxed);
    benchmark::DoNotOptimize(decide(*program, trigger));
    asked += allocations.load(std::memory_order_relaxed) - before;
  }
  state.counters["rules"] = rules;
  state.counters["ns_per_rule"] = benchmark::Counter(rules * static_cast<double>(state.iterations()) * 1e-9,
                                                     benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["allocations"] = static_cast<double>(asked) / static_cast<double>(state.iterations());
  state.SetComplexityN(state.range(0));
}

void by_push(benchmark::State& state) { decide_jobs(state, Trigger::push("main")); }
void by_token(benchmark::State& state) { decide_jobs(state, Trigger::by_token("main")); }

BENCHMARK(by_push)->Arg(10)->Arg(1'000)->Arg(3'000)->Arg(10'000)->Complexity(benchmark::oN);
BENCHMARK(by_token)->Arg(10)->Arg(1'000);

}  // namespace
}  // namespace willrun
