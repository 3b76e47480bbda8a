// Rates a minute, with a clock of the test.
#include "server/rate.hpp"

#include <gtest/gtest.h>

namespace willrun::server {
namespace {

Time at(int seconds) { return Time(std::chrono::hours(1) + std::chrono::seconds(seconds)); }

TEST(RateLimiter, AdmitsSoManyAMinute) {
  RateLimiter limiter;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.admit("a", 3, at(0)));
  EXPECT_FALSE(limiter.admit("a", 3, at(59)));
  EXPECT_TRUE(limiter.admit("b", 3, at(59)));
  EXPECT_FALSE(limiter.admit("a", 3, at(60)));  // those of the last minute still count
  EXPECT_TRUE(limiter.admit("a", 3, at(90)));   // half of them
  EXPECT_TRUE(limiter.admit("a", 3, at(240)));
  EXPECT_TRUE(limiter.admit("a", 0, at(240)));
}

}  // namespace
}  // namespace willrun::server
