// Stores of the trigger server under 32 threads that each wait for their answer: what an accepted trigger asks of a
// store. SQLite writes to a folder of the current one; PostgreSQL needs tests/server/with_postgres.sh.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <future>

#include "server/store.hpp"

namespace {

using namespace willrun::server;

constexpr int kThreads = 32;
constexpr Id kProject = 1;
const std::string kLookup(32, 'k');

Pipeline pipeline_of_100_jobs() {
  Pipeline pipeline;
  pipeline.project_id = kProject;
  pipeline.trigger_id = 1;
  pipeline.source = "trigger";
  pipeline.ref = "main";
  pipeline.sha = std::string(40, 'a');
  pipeline.status = "created";
  pipeline.job_count = 100;
  for (int i = 0; i < 100; ++i)
    pipeline.jobs += R"({"name":"integration tests )" + std::to_string(i) + R"(","stage":"test","when":"manual"},)";
  pipeline.variables = R"([{"key":"TRIGGER_PAYLOAD","value":"{\"ref\":\"main\",\"inputs\":{}}","file":1}])";
  return pipeline;
}

std::optional<Pipeline> written(Store& store, Pipeline pipeline) {
  std::promise<Stored<Pipeline>> promise;
  store.add_pipeline(std::move(pipeline), [&](Stored<Pipeline> stored) { promise.set_value(std::move(stored)); });
  return promise.get_future().get().value;
}

// One store for all threads of a run.
class StoreRun : public benchmark::Fixture {
 public:
  virtual std::string place() const = 0;  // empty: there is none

  void SetUp(const benchmark::State& state) override {
    if (state.thread_index() != 0 || place().empty()) return;
    store = open_store({.place = place()});
    TriggerToken token;
    token.project_id = kProject;
    token.lookup = kLookup;
    std::promise<void> added;
    store->add_trigger_token(token, [&](const auto&) { added.set_value(); });
    added.get_future().wait();
  }
  void TearDown(const benchmark::State& state) override {
    if (state.thread_index() == 0) store.reset();
  }

  void write(benchmark::State& state) {
    const Pipeline given = pipeline_of_100_jobs();
    for (auto _ : state) {
      Pipeline pipeline = given;
      pipeline.iid = store->next_iid(kProject, true);
      if (!written(*store, std::move(pipeline))) return state.SkipWithError("a write failed");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
  }
  void find(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(store->find_trigger_token(kLookup, Time{}));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
  }
  void number(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(store->next_iid(kProject, true));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
  }

  std::unique_ptr<Store> store;
};

class Sqlite : public StoreRun {
 public:
  std::string place() const override { return (folder_ / "store.db").string(); }
  void SetUp(const benchmark::State& state) override {
    if (state.thread_index() == 0) std::filesystem::create_directory(folder_);
    StoreRun::SetUp(state);
  }
  void TearDown(const benchmark::State& state) override {
    StoreRun::TearDown(state);
    if (state.thread_index() == 0) std::filesystem::remove_all(folder_);
  }

 private:
  std::filesystem::path folder_ = "store_bench.scratch";
};

class Postgres : public StoreRun {
 public:
  std::string place() const override {
    const char* given = std::getenv("WILLRUN_TEST_POSTGRES");
    return given == nullptr ? "" : given;
  }
};

#define WILLRUN_STORE_BENCH(Kind, what)                             \
  BENCHMARK_DEFINE_F(Kind, what)(benchmark::State & state) {        \
    if (place().empty()) return state.SkipWithError("no database"); \
    what(state);                                                    \
  }                                                                 \
  BENCHMARK_REGISTER_F(Kind, what)->Threads(kThreads)->UseRealTime()

WILLRUN_STORE_BENCH(Sqlite, write);
WILLRUN_STORE_BENCH(Sqlite, find);
WILLRUN_STORE_BENCH(Postgres, write);
WILLRUN_STORE_BENCH(Postgres, find);
WILLRUN_STORE_BENCH(Postgres, number);

}  // namespace
