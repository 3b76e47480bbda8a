// Tokens that expired long ago are removed while the server runs; the stores' part is in store_contract_test.cpp.
#include <atomic>
#include <thread>

#include "server/api_fixture.hpp"
#include "server/passing_store.hpp"
#include "server/periodic.hpp"

namespace willrun::server {
namespace {

using namespace std::chrono_literals;

// Waits until it is so; false when that takes too long.
bool becomes(const std::function<bool()>& so) {
  for (int i = 0; i < 2'000; ++i) {
    if (so()) return true;
    std::this_thread::sleep_for(5ms);
  }
  return false;
}

TEST(PeriodicWork, IsDoneAtOnceAndThenNowAndThen) {
  std::atomic<int> done{0};
  {
    const Periodic once(24h, [&] {
      ++done;
      return false;
    });
    EXPECT_TRUE(becomes([&] { return done == 1; }));
  }
  EXPECT_EQ(done, 1);
  {
    const Periodic often(1ms, [&] {
      ++done;
      return false;
    });
    EXPECT_TRUE(becomes([&] { return done > 5; }));
  }
  done = 0;
  {
    const Periodic until_done(24h, [&] { return ++done < 10; });
    EXPECT_TRUE(becomes([&] { return done == 10; }));
  }
  EXPECT_EQ(done, 10);
}

class ExpiredTokensTest : public ApiTest {
 protected:
  std::size_t expired() { return service_->store().expired_trigger_tokens(Time::max(), 20).size(); }
  bool log_has(std::string_view text) const { return log_.str().find(text) != std::string::npos; }
};

TEST_F(ExpiredTokensTest, GoWhenTheServerStarts) {
  as("MIA", "POST /api/v4/projects/7/triggers?description=x&expires_at=2027-01-16");
  as("MIA", "POST /api/v4/projects/7/triggers?description=x&expires_at=2027-01-20");
  EXPECT_EQ(expired(), 2U);
  service_.reset();
  now_ += std::chrono::days(31) + 16h;  // 2027-02-16T00:00:00Z
  cleanup_interval_ = 24h;
  start();
  EXPECT_TRUE(becomes([&] { return expired() == 1; }));
  service_.reset();
  EXPECT_TRUE(log_has("removed 1 trigger tokens that expired more than 30 days ago")) << log_.str();
}

TEST_F(ExpiredTokensTest, GoWhileItRuns) {
  cleanup_interval_ = 2ms;
  std::atomic<Time> now = now_;
  clock_ = [&now] { return now.load(); };
  const std::string token = new_token();
  as("MIA", "POST /api/v4/projects/7/triggers?description=x&expires_at=2027-01-16");
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(expired(), 1U);
  now = now_ + std::chrono::days(32);
  EXPECT_TRUE(becomes([&] { return expired() == 0; }));
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  service_.reset();
}

class FailingStore : public PassingStore {
 public:
  using PassingStore::PassingStore;
  std::vector<TriggerToken> expired_trigger_tokens(Time before, std::uint32_t most) override {
    if (++asked <= 3) throw std::runtime_error("the disk is away");
    return PassingStore::expired_trigger_tokens(before, most);
  }

  std::atomic<int> asked{0};
};

class ExpiredTokensOfFailingStore : public ExpiredTokensTest {
 protected:
  std::unique_ptr<Store> make_store() override { return std::make_unique<FailingStore>(ApiTest::make_store()); }
};

TEST_F(ExpiredTokensOfFailingStore, GoLater) {
  as("MIA", "POST /api/v4/projects/7/triggers?description=x&expires_at=2027-01-16");
  service_.reset();
  now_ += std::chrono::days(32);
  cleanup_interval_ = 2ms;
  start();
  EXPECT_TRUE(becomes([&] { return static_cast<FailingStore&>(service_->store()).asked > 4; }));
  service_.reset();
  EXPECT_TRUE(log_has(R"("level":"error","request_id":"","message":"the disk is away")")) << log_.str();
  EXPECT_TRUE(log_has("removed 1 trigger tokens")) << log_.str();
}

}  // namespace
}  // namespace willrun::server
