#include "server/token_cache.hpp"

#include <gtest/gtest.h>

namespace willrun::server {
namespace {

using std::chrono::milliseconds;

TriggerToken token(Id id, std::string lookup) {
  TriggerToken token;
  token.id = id;
  token.lookup = std::move(lookup);
  return token;
}

class TokenCacheTest : public testing::Test {
 protected:
  using Cache = TokenCache<TriggerToken>;
  static constexpr milliseconds kLifetime{1'000};

  // Reads it from a store that has `found`, in this time, and with what happens meanwhile.
  void read(
      Id id, milliseconds time = {}, const std::function<void()>& meanwhile = [] {}) {
    cache_.read("one", [&] {
      now_ += time;
      meanwhile();
      return id == 0 ? std::nullopt : std::optional(token(id, "one"));
    });
  }
  Id known(Cache& cache) {
    const auto found = cache.find("one");
    return found ? found->id : 0;
  }
  Id known() { return known(cache_); }

  Cache::Clock::time_point now_{};
  Cache cache_{kLifetime, [this] { return now_; }};
};

TEST_F(TokenCacheTest, KeepsWhatWasRead) {
  EXPECT_EQ(known(), 0U);
  read(1);
  EXPECT_EQ(known(), 1U);
  read(2);
  EXPECT_EQ(known(), 2U);
  EXPECT_FALSE(cache_.find("two"));
  EXPECT_FALSE(cache_.find(""));
}

TEST_F(TokenCacheTest, ForgetsWhatIsThereNoMore) {
  read(1);
  read(0);
  EXPECT_EQ(known(), 0U);
}

TEST_F(TokenCacheTest, ForgetsOneOrAll) {
  read(1);
  cache_.forget(2);
  EXPECT_EQ(known(), 1U);
  cache_.forget(1);
  EXPECT_EQ(known(), 0U);
  read(1);
  cache_.forget();
  EXPECT_EQ(known(), 0U);
}

TEST_F(TokenCacheTest, KeepsNothingReadWhileATokenChanged) {
  read(1, {}, [&] { cache_.forget(1); });
  EXPECT_EQ(known(), 0U) << "it may be the one from before the change";
  read(1, {}, [&] { cache_.forget(); });
  EXPECT_EQ(known(), 0U);
  read(1);
  EXPECT_EQ(known(), 1U);
}

TEST_F(TokenCacheTest, ALifetimeBeginsBeforeTheReading) {
  read(1, milliseconds(900));
  EXPECT_EQ(known(), 0U) << "one is sent to read anew";
  EXPECT_EQ(known(), 1U);
  now_ += milliseconds(99);
  EXPECT_EQ(known(), 1U);
  now_ += milliseconds(1);
  EXPECT_EQ(known(), 0U);
  EXPECT_EQ(known(), 0U);
  read(1, kLifetime);
  EXPECT_EQ(known(), 0U) << "too old when it came";
}

TEST_F(TokenCacheTest, OneReadsAnewForAll) {
  read(1);
  now_ += kLifetime / 2 - milliseconds(1);
  EXPECT_EQ(known(), 1U);
  now_ += milliseconds(1);
  EXPECT_EQ(known(), 0U);
  EXPECT_EQ(known(), 1U);
  read(2);
  EXPECT_EQ(known(), 2U);
  now_ += kLifetime / 2;
  EXPECT_EQ(known(), 0U) << "and so on";
  EXPECT_EQ(known(), 2U);
}

TEST_F(TokenCacheTest, WithoutALifetimeNothingAges) {
  Cache cache({}, [this] { return now_; });
  cache.read("one", [] { return std::optional(token(1, "one")); });
  now_ += std::chrono::hours(1'000);
  EXPECT_EQ(known(cache), 1U);
}

TEST_F(TokenCacheTest, IsBounded) {
  constexpr int kMany = 25'000;
  int kept = 0;
  for (int i = 1; i <= kMany; ++i) {
    const std::string lookup = std::to_string(i);
    cache_.read(lookup, [&] { return std::optional(token(static_cast<Id>(i), lookup)); });
    EXPECT_TRUE(cache_.find(lookup));
  }
  for (int i = 1; i <= kMany; ++i) kept += cache_.find(std::to_string(i)) ? 1 : 0;
  EXPECT_EQ(kept, 5'000);
}

TEST(Unexpired, EndsWithItsExpiry) {
  const auto at = [](int milliseconds_) { return Time(milliseconds(milliseconds_)); };
  TriggerToken given = token(1, "one");
  EXPECT_TRUE(unexpired(given, at(5)));
  given.expires_at = at(5);
  EXPECT_TRUE(unexpired(given, at(4)));
  EXPECT_FALSE(unexpired(given, at(5)));
  EXPECT_FALSE(unexpired(std::nullopt, at(5)));
}

}  // namespace
}  // namespace willrun::server
