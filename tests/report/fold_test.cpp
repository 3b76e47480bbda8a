#include "report/fold.hpp"

#include "report/printable.hpp"

namespace willrun::report {
namespace {

TEST(Fold, BreaksAtSpacesOnly) {
  EXPECT_EQ(fold("x: ", 3, "one two three", 3, 10), "x: one two\n   three");
  EXPECT_EQ(fold("x: ", 3, "a-word-that-is-too-long b", 3, 10), "x: a-word-that-is-too-long\n   b");
  EXPECT_EQ(fold("", 0, "one two", 2, 0), "one two");
}

TEST(Fold, KeepsBreaksAndRunsOfSpaces) {
  EXPECT_EQ(fold("", 0, "one\n\ntwo  three", 2, 0), "one\n\n  two  three");
  EXPECT_EQ(fold("", 0, "one ", 2, 0), "one");
}

TEST(OneLine, CollapsesAndCuts) {
  EXPECT_EQ(one_line("  $A == \"b\"\n   && $C  ", 40), "$A == \"b\" && $C");
  EXPECT_EQ(one_line("0123456789", 10), "012345678…");
  EXPECT_EQ(one_line("012345678", 10), "012345678");
  EXPECT_EQ(one_line("日本語日本語", 6), "日本…");
}

}  // namespace
}  // namespace willrun::report
