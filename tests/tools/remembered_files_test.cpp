#include "common/remembered_files.hpp"

#include <gtest/gtest.h>

#include "common/fixes.hpp"
#include "common/read_file.hpp"
#include "tools/scratch_folder.hpp"

namespace willrun::tools {
namespace {

struct Counting : FileSource {
  int reads = 0;
  int lists = 0;
  FileAnswer read(const FileRequest&) override { return {FileAnswer::Status::found, std::to_string(++reads)}; }
  std::vector<std::string> list(const FileRequest&) override { return {std::to_string(++lists)}; }
};

TEST(RememberedFiles, AskOnceForEachRequest) {
  Counting source;
  RememberedFiles files(source);
  EXPECT_EQ(files.read({.path = "a"}).text, "1");
  EXPECT_EQ(files.read({.path = "b"}).text, "2");
  EXPECT_EQ(files.read({.path = "a"}).text, "1");
  EXPECT_EQ(files.read({.origin = FileOrigin::project, .path = "a", .project = "p"}).text, "3");
  EXPECT_EQ(files.read({.origin = FileOrigin::project, .path = "a", .project = "p", .ref = "r"}).text, "4");
  EXPECT_EQ(files.list({}), files.list({}));
}

TEST(Fixes, ArePutInByPlace) {
  const auto fixed = [](std::vector<Fix> fixes) { return with_fixes("abcdef", std::move(fixes)); };
  EXPECT_EQ(fixed({{{FileId{}, 4, 5}, "E"}, {{FileId{}, 0, 1}, ""}}).text, "bcdEf");
  EXPECT_EQ(fixed({{{FileId{}, 1, 3}, "x"}, {{FileId{}, 2, 4}, "y"}}).text, "axdef");
  EXPECT_EQ(fixed({{{FileId{}, 1, 3}, "x"}, {{FileId{}, 2, 4}, "y"}}).made, 1u);
  EXPECT_EQ(fixed({{{FileId{}, 6, 6}, "g"}}).text, "abcdefg");
}

TEST(Fixes, ReplaceOnlyWhatWasRead) {
  const ScratchFolder folder;
  const auto file = folder.path() / "f";
  folder.write("f", "\xEF\xBB\xBFold");
  EXPECT_EQ(replace_text(file, "old", "new"), Replaced::done);
  EXPECT_EQ(read_file(file).text, "\xEF\xBB\xBFnew");
  EXPECT_EQ(replace_text(file, "old", "newer"), Replaced::changed_meanwhile);
  EXPECT_EQ(replace_text(folder.path() / "none", "", "x"), Replaced::changed_meanwhile);
}

}  // namespace
}  // namespace willrun::tools
