// Empty places for stores of each kind, and writes that are waited for.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "server/store.hpp"

namespace willrun::server {

// A place that goes with the test; the store in it may be opened more than once.
class StorePlace {
 public:
  virtual ~StorePlace() = default;
  virtual std::string text() const = 0;
  // Runs statements there, as another client than the store. Throws what failed.
  virtual void run(const std::string& statements) const = 0;
  virtual void set_version(int version) const = 0;  // of the schema

  std::unique_ptr<Store> open() const { return open_store({.place = text()}); }
};

std::unique_ptr<StorePlace> make_sqlite_place();
// Throws where WILLRUN_TEST_POSTGRES is not set: run the test by tests/server/with_postgres.sh.
std::unique_ptr<StorePlace> make_postgres_place();

// The first column of a query's one row in the database of a PostgreSQL place.
std::int64_t number_in_postgres(const StorePlace& place, const std::string& query);
// The server itself: `stop`, `start`, `restart`, `freeze`, `thaw`. Throws where it fails.
void control_postgres(const std::string& what);

template <class T>
std::future<Stored<T>> begun(const std::function<void(Done<T>)>& write) {
  auto promise = std::make_shared<std::promise<Stored<T>>>();
  std::future<Stored<T>> future = promise->get_future();
  write([promise](Stored<T> stored) { promise->set_value(std::move(stored)); });
  return future;
}

std::future<Stored<Pipeline>> begin_pipeline(Store& store, Pipeline pipeline);

// The value after the commit; none where there is none. Throws what failed.
std::optional<TriggerToken> add(Store& store, TriggerToken token);
std::optional<TriggerToken> describe(Store& store, Id project_id, Id id, std::string description, Time now);
std::optional<Id> remove(Store& store, Id project_id, Id id);
std::optional<Pipeline> add(Store& store, Pipeline pipeline);  // gives it the next iid where it has none
std::optional<JobToken> start(Store& store, JobToken token);
std::optional<JobToken> end(Store& store, Id project_id, Id job_id, JobState state);

// What a call throws says of itself; "none": it throws nothing.
std::string failure_of(const std::function<void()>& call);

// As people would write them, to be compared as a whole.
std::string print(const std::optional<TriggerToken>& token);
std::string print(const std::optional<Pipeline>& pipeline);
std::string print(const std::optional<JobToken>& token);

}  // namespace willrun::server
