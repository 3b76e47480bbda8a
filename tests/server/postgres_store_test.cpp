// What the store in PostgreSQL does beside what every store does: several servers on one database, and a database that
// goes away.
#include <atomic>
#include <chrono>
#include <map>
#include <set>
#include <thread>

#include <pqxx/pqxx>

#include "server/postgres/connection.hpp"
#include "server/store_places.hpp"

namespace willrun::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Time kNow = Time(std::chrono::milliseconds(1'700'000'000'000));

TriggerToken token(Id project_id, std::string lookup) {
  TriggerToken token;
  token.project_id = project_id;
  token.lookup = std::move(lookup);
  return token;
}

Pipeline pipeline(Id project_id, std::string name = {}) {
  Pipeline pipeline;
  pipeline.project_id = project_id;
  pipeline.job_count = 2;
  pipeline.name = std::move(name);
  return pipeline;
}

// Connections of the stores of a place.
constexpr const char* kConnections = "FROM pg_stat_activity WHERE application_name = current_schema()";

void end_connections(const StorePlace& place) {
  number_in_postgres(place, std::string("SELECT count(pg_terminate_backend(pid, 5000)) ") + kConnections);
}

std::string failure_of_writing(Store& store, Pipeline pipeline) {
  return begin_pipeline(store, std::move(pipeline)).get().failure;
}

class Replicas : public testing::Test {
 protected:
  std::unique_ptr<StorePlace> place_ = make_postgres_place();
  std::unique_ptr<Store> one_ = place_->open();
  std::unique_ptr<Store> other_ = place_->open();
};

TEST_F(Replicas, AreRevokedTogether) {
  for (int i = 0; i < 20; ++i) {
    const std::string lookup = std::to_string(i);
    const Id id = add(*one_, token(1, lookup))->id;
    EXPECT_EQ(other_->find_trigger_token(lookup, kNow)->id, id);
    ASSERT_TRUE(describe(*one_, 1, id, "changed", kNow));
    EXPECT_EQ(other_->find_trigger_token(lookup, kNow)->description, "changed");
    ASSERT_TRUE(remove(*one_, 1, id));
    EXPECT_FALSE(other_->find_trigger_token(lookup, kNow)) << "no moment after the revocation is acknowledged";
  }
}

TEST_F(Replicas, GiveEachNumberOnce) {
  constexpr int kThreads = 8;
  constexpr int kEach = 60;
  std::vector<std::vector<Pipeline>> made(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t number = 0; number < kThreads; ++number) {
    threads.emplace_back([&, number] {
      Store& store = number % 2 == 0 ? *one_ : *other_;
      for (int i = 0; i < kEach; ++i) made[number].push_back(add(store, pipeline(1)).value());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<Id> ids;
  std::set<Id> iids;
  std::set<Id> jobs;
  for (const auto& of_thread : made) {
    Id last = 0;
    for (const Pipeline& one : of_thread) {
      EXPECT_GT(one.iid, last);
      last = one.iid;
      ids.insert(one.id);
      iids.insert(one.iid);
      jobs.insert({one.first_job_id, one.first_job_id + 1});
    }
  }
  EXPECT_EQ(ids.size(), kThreads * kEach);
  EXPECT_EQ(iids.size(), kThreads * kEach);
  EXPECT_EQ(*iids.rbegin(), kThreads * kEach);
  EXPECT_EQ(jobs.size(), 2 * kThreads * kEach);
}

TEST(PostgresStore, IsMadeOnceByManyAtOnce) {
  const auto place = make_postgres_place();
  std::atomic<int> ready = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { ready += place->open()->ready() ? 1 : 0; });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ready, 8);
  EXPECT_EQ(number_in_postgres(*place, "SELECT count(*) FROM willrun_schema"), 1);
}

TEST(PostgresStore, KeepsSettingsOfAnAdministrator) {
  const auto place = make_postgres_place();
  pqxx::connection administrator(place->text() + "&application_name=test");
  const auto session = [&](const std::string& name) {
    postgres::Connector connector(place->text());
    const auto connection = connector.connect(postgres::Commit::on_disk);
    return connection->run("SELECT current_setting('" + name + "')")[0][0].as<std::string>();
  };
  const auto with = [&](const std::string& name, const std::string& value) {
    pqxx::nontransaction(administrator).exec("ALTER DATABASE willrun SET " + name + " = " + value);
    const std::string set = session(name);
    pqxx::nontransaction(administrator).exec("ALTER DATABASE willrun RESET " + name);
    return set;
  };
  EXPECT_EQ(session("synchronous_commit"), "on");
  EXPECT_EQ(with("synchronous_commit", "off"), "on");
  EXPECT_EQ(with("synchronous_commit", "remote_apply"), "remote_apply");
  EXPECT_EQ(session("backend_flush_after"), "256kB");
  EXPECT_EQ(with("backend_flush_after", "'64kB'"), "64kB");
}

TEST(PostgresStore, SaysWhyItCannotBeOpened) {
  EXPECT_EQ(failure_of([] { open_store({.place = "mysql://host/willrun"}); }),
            "the store is the path of an SQLite file or begins with postgresql://, not with mysql://");
  const std::string failure =
      failure_of([] { open_store({.place = "postgresql://u:secret@/willrun?host=/nowhere/at/all"}); });
  EXPECT_TRUE(failure.starts_with("the store cannot be reached: ")) << failure;
  EXPECT_NE(failure.find("/nowhere/at/all"), std::string::npos) << failure;
  EXPECT_EQ(failure.find("secret"), std::string::npos) << failure;
  EXPECT_EQ(failure.find('\n'), std::string::npos) << failure;
}

TEST(PostgresStore, KeepsConnectionsInBounds) {
  const auto place = make_postgres_place();
  const auto store = place->open();
  std::atomic<bool> stop = false;
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i) {
    threads.emplace_back([&] {
      while (!stop) failed += store->ready() ? 0 : 1;
    });
  }
  std::int64_t most = 0;
  for (int i = 0; i < 20; ++i)
    most = std::max(most, number_in_postgres(*place, std::string("SELECT count(*) ") + kConnections));
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_LE(most, 18);
}

TEST(PostgresStore, OutlivesItsConnections) {
  const auto place = make_postgres_place();
  const auto store = place->open();
  const Id id = add(*store, token(1, "one"))->id;
  for (int i = 0; i < 3; ++i) {
    end_connections(*place);
    EXPECT_TRUE(store->find_trigger_token("one", kNow));
    end_connections(*place);
    EXPECT_TRUE(add(*store, pipeline(1)));
    end_connections(*place);
    EXPECT_TRUE(describe(*store, 1, id, "again", kNow));
    end_connections(*place);
    EXPECT_TRUE(store->ready());
  }
  end_connections(*place);
  EXPECT_EQ(remove(*store, 1, id), id);
}

// The connection ends inside of the transaction, the first time.
TEST(PostgresStore, WritesAgainWhatWasCutOff) {
  const auto place = make_postgres_place();
  const auto store = place->open();
  place->run(R"(
    CREATE SEQUENCE cuts;
    CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('cuts') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NULL;
      END $$;
    CREATE TRIGGER cut AFTER INSERT ON pipelines EXECUTE FUNCTION cut();
    CREATE TRIGGER cut AFTER INSERT OR DELETE ON trigger_tokens EXECUTE FUNCTION cut())");
  EXPECT_EQ(add(*store, pipeline(1, "cut"))->name, "cut");
  EXPECT_EQ(number_in_postgres(*place, "SELECT count(*) FROM pipelines"), 1);
  place->run("ALTER SEQUENCE cuts RESTART");
  const Id id = add(*store, token(1, "one"))->id;
  EXPECT_EQ(number_in_postgres(*place, "SELECT count(*) FROM trigger_tokens"), 1);
  place->run("ALTER SEQUENCE cuts RESTART");
  EXPECT_EQ(remove(*store, 1, id), id);
  EXPECT_FALSE(store->find_trigger_token("one", kNow));
}

// As a server does that another one has taken the place of.
TEST(PostgresStore, LeavesAServerThatOnlyReads) {
  const auto place = make_postgres_place();
  const auto store = place->open();
  add(*store, pipeline(1));
  pqxx::connection administrator(place->text() + "&application_name=test");
  pqxx::nontransaction(administrator).exec("ALTER DATABASE willrun SET default_transaction_read_only = on");
  end_connections(*place);
  const std::string failure = failure_of([&] { add(*store, pipeline(1)); });
  const bool reads = store->pipeline(1, 1).has_value();
  pqxx::nontransaction(administrator).exec("ALTER DATABASE willrun RESET default_transaction_read_only");
  EXPECT_NE(failure.find("read-only transaction"), std::string::npos) << failure;
  EXPECT_TRUE(reads);
  EXPECT_TRUE(add(*store, pipeline(1))) << "by a new connection";
}

TEST(PostgresStore, GivesUpWhatIsLocked) {
  const auto place = make_postgres_place();
  const auto store = place->open();
  pqxx::connection connection(place->text());
  pqxx::work other(connection);
  other.exec("LOCK TABLE pipelines IN EXCLUSIVE MODE");
  const auto begin = Clock::now();
  std::vector<std::future<Stored<Pipeline>>> begun;
  for (Id iid = 1; iid <= 10; ++iid) {
    Pipeline given = pipeline(1);
    given.iid = iid;
    begun.push_back(begin_pipeline(*store, given));
  }
  EXPECT_TRUE(store->ready()) << "who reads does not wait";
  for (auto& one : begun) EXPECT_NE(one.get().failure.find("lock timeout"), std::string::npos);
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(14)) << "they give up together";
  other.abort();
  EXPECT_TRUE(add(*store, pipeline(1)));
}

TEST(PostgresStore, FailsClearlyWhileTheDatabaseIsAway) {
  const auto place = make_postgres_place();
  const auto store = place->open();
  add(*store, token(1, "one"));
  control_postgres("stop");
  const auto begin = Clock::now();
  for (int i = 0; i < 50; ++i) {
    const std::string reading = failure_of([&] { store->find_trigger_token("one", kNow); });
    EXPECT_TRUE(reading.starts_with("the store cannot be reached: ")) << reading;
    const std::string numbering = failure_of([&] { store->next_iid(1, true); });
    EXPECT_TRUE(numbering.starts_with("the store cannot be reached: ")) << numbering;
    const std::string writing = failure_of_writing(*store, pipeline(1));
    EXPECT_TRUE(writing.starts_with("the store cannot be reached: ")) << writing;
    const std::string removing = failure_of([&] { remove(*store, 1, 1); });
    EXPECT_TRUE(removing.starts_with("the store cannot be reached: ")) << removing;
  }
  EXPECT_FALSE(store->ready());
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(5));
  control_postgres("start");
  const auto patience = Clock::now() + std::chrono::seconds(5);
  while (!store->ready() && Clock::now() < patience) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_TRUE(store->find_trigger_token("one", kNow));
  EXPECT_EQ(add(*store, pipeline(1))->iid, 1U);
}

// Writers that go on while the server crashes: what was acknowledged is there, and nothing is there twice.
TEST(PostgresStore, LosesNothingWhenTheServerIsRestarted) {
  const auto place = make_postgres_place();
  std::map<std::string, Id> acknowledged;
  {
    const auto store = place->open();
    std::mutex mutex;
    std::atomic<bool> stop = false;
    std::vector<std::thread> threads;
    for (int number = 0; number < 8; ++number) {
      threads.emplace_back([&, number] {
        for (int i = 0; !stop; ++i) {
          try {
            const std::string name = std::to_string(number) + "/" + std::to_string(i);
            const Id id = add(*store, pipeline(1, name))->id;
            const std::lock_guard lock(mutex);
            acknowledged[name] = id;
          } catch (const std::exception&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
          }
        }
      });
    }
    for (int i = 0; i < 3; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      control_postgres("restart immediate");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1'000));
    stop = true;
    for (std::thread& thread : threads) thread.join();
    EXPECT_TRUE(store->ready());
  }
  const auto store = place->open();
  EXPECT_GT(acknowledged.size(), 100U);
  for (const auto& [name, id] : acknowledged) EXPECT_EQ(store->pipeline(1, id).value().name, name);
  EXPECT_EQ(number_in_postgres(*place, "SELECT count(*) - count(DISTINCT name) FROM pipelines"), 0);
}

}  // namespace
}  // namespace willrun::server
