#include "common/progress.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace willrun::tools {
namespace {

using std::chrono::milliseconds;

// Ten columns, and a clock that the test moves.
class ProgressLine : public testing::Test {
 protected:
  void at(int now) { now_ = std::chrono::steady_clock::time_point(milliseconds(now)); }
  std::string printed() {
    std::string text = std::move(out_).str();
    out_.str({});
    return text;
  }

  std::chrono::steady_clock::time_point now_;
  std::ostringstream out_;
  Progress progress_{out_, true, 10, [this] { return now_; }};
};

TEST_F(ProgressLine, AppearsAfterASecondAndGoes) {
  at(999);
  progress_.show("early");
  progress_.erase();
  EXPECT_EQ(printed(), "");
  at(1000);
  progress_.show("1 of 3");
  EXPECT_EQ(printed(), "\r1 of 3\x1b[K");
  progress_.erase();
  progress_.erase();
  EXPECT_EQ(printed(), "\r\x1b[K");
}

TEST_F(ProgressLine, ChangesAtMostTenTimesASecond) {
  at(1000);
  progress_.show("a");
  at(1099);
  progress_.show("b");
  at(1100);
  progress_.show("c");
  EXPECT_EQ(printed(), "\ra\x1b[K\rc\x1b[K");
}

TEST_F(ProgressLine, StartsItsSecondAnewWithNewWork) {
  at(1500);
  progress_.show("a");
  progress_.begin();
  EXPECT_EQ(printed(), "\ra\x1b[K\r\x1b[K");
  at(2400);
  progress_.show("b");
  EXPECT_EQ(printed(), "");
}

TEST_F(ProgressLine, IsCutBeforeItFoldsAndHoldsNoControlCharacters) {
  at(1000);
  progress_.show("12345678\xc3\xa9 more");
  at(2000);
  progress_.show("a\x1b]b");
  EXPECT_EQ(printed(), "\r12345678\x1b[K\ra?]b\x1b[K");
}

TEST(Progress, WritesNothingWhereNoTerminalIs) {
  std::ostringstream out;
  {
    Progress progress(out, false, 80, [] { return std::chrono::steady_clock::time_point(std::chrono::hours(1)); });
    progress.show("a");
  }
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace willrun::tools
