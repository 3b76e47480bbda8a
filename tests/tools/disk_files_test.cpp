#include "common/disk_files.hpp"

#include <sys/stat.h>

#include "common/read_file.hpp"
#include "tools/scratch_folder.hpp"

namespace willrun::tools {
namespace {

using Status = FileAnswer::Status;

FileAnswer read(DiskFiles& files, std::string_view path) { return files.read({.path = path}); }

TEST(DiskFiles, ReadBelowTheRootOnly) {
  const ScratchFolder outside;
  outside.write("secret.yml", "secret");
  const ScratchFolder folder;
  folder.write("ci/job.yml", "job: {}\n");
  std::filesystem::create_symlink("ci/job.yml", folder.path() / "inside.yml");
  std::filesystem::create_symlink(outside.path() / "secret.yml", folder.path() / "outside.yml");
  std::filesystem::create_directory_symlink(outside.path(), folder.path() / "folder");
  DiskFiles files(folder.path());
  EXPECT_EQ(read(files, "ci/job.yml").text, "job: {}\n");
  EXPECT_EQ(read(files, "/ci/job.yml").text, "job: {}\n");
  EXPECT_EQ(read(files, "inside.yml").text, "job: {}\n");
  EXPECT_EQ(read(files, "ci/none.yml").status, Status::not_found);
  EXPECT_EQ(read(files, "").status, Status::not_found);
  EXPECT_EQ(read(files, std::string_view("ci/job.yml\0", 11)).status, Status::not_found);
  EXPECT_EQ(read(files, "ci/../ci/job.yml").text, "`..` leads out of the repository");
  EXPECT_EQ(read(files, "outside.yml").text, "a symbolic link leads out of the repository");
  EXPECT_EQ(read(files, "folder/secret.yml").text, "a symbolic link leads out of the repository");
  EXPECT_EQ(read(files, "ci").text, "it is a directory");
}

TEST(DiskFiles, PreferTextsThatWereAdded) {
  const ScratchFolder folder;
  folder.write("a.yml", "disk");
  DiskFiles files(folder.path());
  files.add("a.yml", "memory");
  EXPECT_EQ(read(files, "a.yml").text, "memory");
}

TEST(DiskFiles, AnswerForNothingElse) {
  DiskFiles files(".");
  const FileAnswer answer = files.read({.origin = FileOrigin::remote, .path = "https://example.com/ci.yml"});
  EXPECT_EQ(answer.status, Status::failed);
  EXPECT_EQ(answer.text, "only files of this repository can be read offline");
}

TEST(ReadFile, RefusesWhatIsNoFile) {
  const ScratchFolder folder;
  folder.write("small", "12345");
  EXPECT_EQ(read_file(folder.path() / "small", 5).text, "12345");
  EXPECT_EQ(read_file(folder.path() / "none").failure, "no such file");
  EXPECT_TRUE(read_file(folder.path() / "small" / "none").missing);
  EXPECT_EQ(read_file(folder.path()).failure, "it is a directory");
  EXPECT_EQ(read_file("/dev/null").failure, "it is not a regular file (`-` reads standard input)");
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_file(folder.path() / "pipe").failure, "it is not a regular file (`-` reads standard input)");
}

TEST(ReadFile, ChecksTheSizeFirst) {
  const ScratchFolder folder;
  folder.write("big", "");
  std::filesystem::resize_file(folder.path() / "big", 100U << 20U);
  EXPECT_EQ(read_file(folder.path() / "big").failure,
            "it has 100 MiB, more than the 16 MiB that are read (GitLab's limit is 2 MiB)");
  std::istringstream stream("123456");
  EXPECT_NE(read_stream(stream, 5).failure, "");
}

}  // namespace
}  // namespace willrun::tools
