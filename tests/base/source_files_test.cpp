#include <willrun/source.hpp>

#include <gtest/gtest.h>

namespace willrun {
namespace {

TEST(SourceFiles, LocatesByCodePoints) {
  SourceFiles files;
  const FileId file = files.add("a.yml", "é: x\r\n\nlast");
  EXPECT_EQ(files.locate(file, 0), (LineColumn{1, 1}));
  EXPECT_EQ(files.locate(file, 2), (LineColumn{1, 2}));
  EXPECT_EQ(files.locate(file, 7), (LineColumn{2, 1}));
  EXPECT_EQ(files.locate(file, 12), (LineColumn{3, 5}));
  EXPECT_EQ(files.locate(file, 99), (LineColumn{3, 5}));
}

TEST(SourceFiles, GivesLinesWithoutTheirBreaks) {
  SourceFiles files;
  const FileId file = files.add("a.yml", "one\r\n\nlast");
  EXPECT_EQ(files.line(file, 1), "one");
  EXPECT_EQ(files.line(file, 2), "");
  EXPECT_EQ(files.line(file, 3), "last");
  EXPECT_EQ(files.line(file, 4), "");
  EXPECT_EQ(files.line_start(file, 3), 6U);
}

TEST(SourceFiles, DropsAByteOrderMark) {
  SourceFiles files;
  const FileId file = files.add("a.yml", "\xEF\xBB\xBFx: 1");
  EXPECT_EQ(files.text(file), "x: 1");
  EXPECT_EQ(files.locate(file, 0), (LineColumn{1, 1}));
}

TEST(SourceFiles, TextsStayWhereTheyAre) {
  SourceFiles files;
  const std::string_view first = files.text(files.add("a", "one"));
  for (int i = 0; i < 100; ++i) files.add("b", "two");
  SourceFiles moved = std::move(files);
  EXPECT_EQ(first, "one");
  EXPECT_EQ(moved.text(Span{FileId{0}, 1, 99}), "ne");
}

}  // namespace
}  // namespace willrun
