#include <willrun/outcome.hpp>

namespace willrun {
namespace {

TEST(Outcome, IsOneLine) {
  Decision decision;
  decision.errors = {"first\n  reason \x1b[2J", "second"};
  EXPECT_EQ(outcome(decision), "no pipeline: first reason \u241b[2J");
  decision.errors = {std::string(500, 'x')};
  EXPECT_EQ(outcome(decision), "no pipeline: " + std::string(399, 'x') + "\u2026");
  decision.status = Decision::Status::skipped;
  EXPECT_EQ(outcome(decision), "no pipeline: it is skipped ([skip ci])");
  decision.status = Decision::Status::created;
  EXPECT_EQ(outcome(decision), "0 jobs");
  decision.jobs.emplace_back();
  EXPECT_EQ(outcome(decision), "1 job");
}

}  // namespace
}  // namespace willrun
