// Expansion of texts and of whole lists of variables.
#include <benchmark/benchmark.h>

#include "vars/expand.hpp"
#include "vars/sort.hpp"

namespace {

using willrun::Variable;

// Each variable but every eighth refers to the next one.
std::vector<Variable> chain(std::int64_t count) {
  std::vector<Variable> out;
  for (std::int64_t i = 0; i < count; ++i) {
    std::string value = "v";
    if (i % 8 != 7 && i + 1 < count) value.append(" $VARIABLE_").append(std::to_string(i + 1)).append("/x");
    Variable variable;
    variable.key.append("VARIABLE_").append(std::to_string(i));
    variable.value = value;
    out.push_back(std::move(variable));
  }
  return out;
}

void sort_and_expand(benchmark::State& state) {
  const std::vector<Variable> variables = chain(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(willrun::vars::sort_and_expand(variables, {}, {}));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void expand(benchmark::State& state, const char* text) {
  const std::vector<Variable> variables = chain(100);
  const willrun::vars::ListScope scope(variables);
  for (auto _ : state) {
    benchmark::DoNotOptimize(willrun::vars::expand(text, scope, willrun::vars::Missing::stays, {}));
  }
}

BENCHMARK(sort_and_expand)->Arg(100)->Arg(1'000)->Arg(10'000)->Arg(100'000);
BENCHMARK_CAPTURE(expand, no_reference, "docs/guides/**/*.md");
BENCHMARK_CAPTURE(expand, two_references, "$VARIABLE_1/guides/${VARIABLE_2}/*.md");

}  // namespace
