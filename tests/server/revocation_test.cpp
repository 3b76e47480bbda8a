// Several servers on one PostgreSQL keep tokens in memory: one that is revoked at the one is refused by the others in
// time, whatever happens to the connection on which they are told.
#include <chrono>
#include <thread>

#include "server/store_places.hpp"

namespace willrun::server {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr Time kNow = Time(milliseconds(1'700'000'000'000));

milliseconds since(Clock::time_point begin) { return std::chrono::duration_cast<milliseconds>(Clock::now() - begin); }

class Revocation : public testing::Test {
 protected:
  void SetUp() override {
    TriggerToken token;
    token.project_id = 1;
    token.lookup = "one";
    trigger_ = add(*one_, token)->id;
    start(*one_, {.job_id = 10, .project_id = 1, .pipeline_id = 3, .user_id = 7, .lookup = "job"});
  }

  // As requests come: from memory, or else looked up. A failure of the database admits nobody.
  bool admits_trigger() {
    try {
      return other_->known_trigger_token("one", kNow) || other_->find_trigger_token("one", kNow);
    } catch (const std::exception&) {
      return false;
    }
  }
  bool admits_job() {
    const auto job = other_->known_job_token("job") ? other_->known_job_token("job") : other_->find_job_token("job");
    return job && job->state == JobState::running;
  }
  // Whether the other server has it in memory for everybody.
  bool knows() { return other_->known_trigger_token("one", kNow) || other_->known_trigger_token("one", kNow); }
  // The same after requests for a while: a connection that begins to listen makes a server forget what it knew.
  bool comes_to_know() {
    const auto begin = Clock::now();
    while (since(begin) < milliseconds(5'000)) {
      if (admits_trigger() && knows()) return true;
      std::this_thread::sleep_for(milliseconds(1));
    }
    return false;
  }

  // When the last request that was admitted came; how long this thread had to wait for its turn does not count.
  template <class Admits>
  milliseconds time_until_refused(Admits admits) {
    const auto begin = Clock::now();
    milliseconds last{0};
    for (auto came = since(begin); admits() && came < milliseconds(5'000); came = since(begin)) {
      last = came;
      std::this_thread::sleep_for(milliseconds(1));
    }
    return last;
  }
  // Until then `other_` is told of changes.
  void wait_until_told() {
    const auto begin = Clock::now();
    while (listeners() < 2 && since(begin) < milliseconds(5'000)) std::this_thread::sleep_for(milliseconds(10));
  }
  std::int64_t listeners() { return number_in_postgres(*place_, "SELECT count(*) " + kListeners); }
  void end_listeners() { number_in_postgres(*place_, "SELECT count(pg_terminate_backend(pid, 5000)) " + kListeners); }

  static inline const std::string kListeners =
      "FROM pg_stat_activity WHERE application_name = current_schema() AND query LIKE 'LISTEN%'";

  std::unique_ptr<StorePlace> place_ = make_postgres_place();
  std::unique_ptr<Store> one_ = place_->open();
  std::unique_ptr<Store> other_ = place_->open();
  Id trigger_ = 0;
};

TEST_F(Revocation, IsToldAtOnce) {
  wait_until_told();
  ASSERT_TRUE(admits_trigger());
  ASSERT_TRUE(remove(*one_, 1, trigger_));
  EXPECT_LT(time_until_refused([&] { return knows(); }), kRevocationDelay / 2) << "without it, it would take the whole";
  EXPECT_FALSE(admits_trigger());
}

TEST_F(Revocation, OfAJobIsToldAtOnce) {
  wait_until_told();
  ASSERT_TRUE(admits_job());
  ASSERT_TRUE(end(*one_, 1, 10, JobState::finished));
  EXPECT_LT(time_until_refused([&] { return admits_job(); }), kRevocationDelay / 2);
}

TEST_F(Revocation, HoldsWhereNothingIsTold) {
  wait_until_told();
  for (int i = 0; i < 3; ++i) {
    place_->run("UPDATE trigger_tokens SET lookup = 'one'");
    ASSERT_TRUE(admits_trigger());
    std::this_thread::sleep_for(milliseconds(i * 300));  // in each part of its lifetime
    place_->run("UPDATE trigger_tokens SET lookup = 'other'");
    EXPECT_LT(time_until_refused([&] { return admits_trigger(); }), kRevocationDelay);
    EXPECT_LT(time_until_refused([&] { return knows(); }), milliseconds(100));
  }
}

TEST_F(Revocation, HoldsWhileNobodyListens) {
  for (int i = 0; i < 3; ++i) {
    if (i > 0) trigger_ = add(*one_, {.project_id = 1, .lookup = "one"})->id;
    wait_until_told();
    ASSERT_TRUE(admits_trigger());
    end_listeners();
    ASSERT_TRUE(remove(*one_, 1, trigger_));
    EXPECT_LT(time_until_refused([&] { return admits_trigger(); }), kRevocationDelay);
  }
  wait_until_told();
  EXPECT_EQ(listeners(), 2) << "they listen again";
}

TEST_F(Revocation, HoldsWhenTheServerIsRestarted) {
  wait_until_told();
  ASSERT_TRUE(admits_trigger());
  control_postgres("restart immediate");
  while (!one_->ready() || !other_->ready()) std::this_thread::sleep_for(milliseconds(10));
  ASSERT_TRUE(admits_trigger());
  ASSERT_TRUE(remove(*one_, 1, trigger_));
  EXPECT_LT(time_until_refused([&] { return admits_trigger(); }), kRevocationDelay);
}

TEST_F(Revocation, NothingIsKnownForLongWhileTheDatabaseIsFrozen) {
  wait_until_told();
  ASSERT_TRUE(comes_to_know());
  control_postgres("freeze");
  EXPECT_LT(time_until_refused([&] { return knows(); }), kRevocationDelay);
  control_postgres("thaw");
  EXPECT_TRUE(comes_to_know());
}

}  // namespace
}  // namespace willrun::server
