// Each reader with tree and resolved scalars, against the event loop of its bare library on the same text.
#include <benchmark/benchmark.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>
#include <yaml.h>

#include <sstream>

#include "workload.hpp"
#include "yaml/load.hpp"

namespace willrun {
namespace {

const std::string& text() {
  static const std::string kText = bench::configuration(1'000);
  return kText;
}

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(text().size()));
}

void libyaml_bare(benchmark::State& state) {
  for (auto _ : state) {
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text().data()), text().size());
    std::size_t events = 0;
    for (bool done = false; !done; ++events) {
      yaml_event_t event;
      if (yaml_parser_parse(&parser, &event) == 0) break;
      done = event.type == YAML_STREAM_END_EVENT;
      yaml_event_delete(&event);
    }
    benchmark::DoNotOptimize(events);
    yaml_parser_delete(&parser);
  }
  count_bytes(state);
}

class Counter : public YAML::EventHandler {
 public:
  std::size_t events = 0;
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override { ++events; }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { ++events; }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override { ++events; }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    ++events;
  }
  void OnSequenceEnd() override { ++events; }
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    ++events;
  }
  void OnMapEnd() override { ++events; }
};

void yaml_cpp_bare(benchmark::State& state) {
  for (auto _ : state) {
    std::istringstream stream(text());
    YAML::Parser parser(stream);
    Counter counter;
    parser.HandleNextDocument(counter);
    benchmark::DoNotOptimize(counter.events);
  }
  count_bytes(state);
}

void load(benchmark::State& state, YamlReader reader) {
  SourceFiles files;
  const FileId file = files.add("bench.yml", text());
  LoadOptions options;
  options.yaml_reader = reader;
  options.limits.yaml_object_bytes = 64U << 20U;  // a thousand jobs are over GitLab's limit
  for (auto _ : state) {
    yaml::Tree tree;
    yaml::ReadNotes notes;
    const auto outcome = yaml::load_document(tree, files, file, options, &notes);
    if (!outcome || notes.yaml_cpp_set_aside) state.SkipWithError("the text was not read as it should be");
    benchmark::DoNotOptimize(tree.size());
  }
  count_bytes(state);
}

void libyaml_reader(benchmark::State& state) { load(state, YamlReader::libyaml); }
void yaml_cpp_reader(benchmark::State& state) { load(state, YamlReader::yaml_cpp); }

BENCHMARK(libyaml_bare)->Unit(benchmark::kMillisecond);
BENCHMARK(libyaml_reader)->Unit(benchmark::kMillisecond);
BENCHMARK(yaml_cpp_bare)->Unit(benchmark::kMillisecond);
BENCHMARK(yaml_cpp_reader)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace willrun
