// What an expression costs: reading the text, and deciding it once it is compiled.
#include <benchmark/benchmark.h>

#include "expr/parser.hpp"
#include "machine/evaluate.hpp"

namespace willrun {
namespace {

// 87 characters.
constexpr std::string_view kTypical =
    "($CI_PIPELINE_SOURCE == \"push\" && $CI_COMMIT_BRANCH =~ /^release\\/.*$/) || $RUN_NIGHTLY";
constexpr std::string_view kComparisons =
    "$SOURCE == \"merge_request_event\" || $BRANCH == \"main\" && $NIGHTLY != \"true\"";
constexpr std::string_view kPrefix = "$BRANCH =~ /^release\\//";
constexpr std::string_view kPattern = "$BRANCH =~ /^(release|hotfix)\\/\\d+$/";

void parse(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(expr::parse(kTypical));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * kTypical.size()));
}
BENCHMARK(parse);

void compile(benchmark::State& state) {
  for (auto _ : state) {
    machine::ExpressionPool pool;
    benchmark::DoNotOptimize(pool.add(kComparisons));
  }
}
BENCHMARK(compile);

void evaluate(benchmark::State& state, std::string_view text) {
  machine::ExpressionPool pool;
  const auto id = std::get<machine::ExpressionId>(pool.add(text));
  std::vector<machine::Operand> variables(pool.variable_count());
  const auto set = [&](std::string_view name, std::string_view value) {
    if (const auto slot = pool.variable_slot(name)) variables[*slot] = machine::Operand::of(value);
  };
  set("SOURCE", "push");
  set("BRANCH", "main");
  set("NIGHTLY", "no");
  machine::PatternCache cache;
  for (auto _ : state) {
    const auto evaluation = machine::evaluate(pool, id, {variables, {}}, cache);
    benchmark::DoNotOptimize(machine::truthful(evaluation.value));
  }
}
BENCHMARK_CAPTURE(evaluate, three_comparisons, kComparisons);
BENCHMARK_CAPTURE(evaluate, plain_pattern, kPrefix);
BENCHMARK_CAPTURE(evaluate, pattern, kPattern);

}  // namespace
}  // namespace willrun
