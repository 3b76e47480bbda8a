// `lint --watch` with real files: changes are made where the loop would wait for them.
#include <csignal>

#include "common/watcher.hpp"
#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWatchedClean = "job:\n  script: make\n";
constexpr std::string_view kWatchedWrong = "job: {script: make, sript: make}\n";

// Makes one change each time that the loop waits, lets the system's watcher tell it, and ends behind the last.
class ChangingWatcher : public tools::Watcher {
 public:
  explicit ChangingWatcher(std::vector<std::function<void()>> changes) : changes_(std::move(changes)) {}

  void watch(const tools::Watched& watched, fs::file_time_type since) override { files_->watch(watched, since); }
  bool wait() override {
    if (next_ < changes_.size()) {
      changes_[next_++]();
    } else {
      std::raise(SIGINT);
    }
    return files_->wait();
  }

 private:
  std::unique_ptr<tools::Watcher> files_ = tools::make_file_watcher();
  std::vector<std::function<void()>> changes_;
  std::size_t next_ = 0;
};

class Watch : public testing::Test {
 protected:
  // A change that is not seen would be waited for without end.
  Watch() { ::alarm(60); }
  ~Watch() override { ::alarm(0); }

  void write(const std::string& name, std::string_view text) const { folder_.write(name, text); }

  // The last line of each run.
  std::vector<std::string> verdicts(std::vector<std::function<void()>> changes, std::vector<std::string> more = {}) {
    ChangingWatcher watcher(std::move(changes));
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    std::vector<std::string> arguments = {"lint", "--watch", "--only-gitlab"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    code_ = run(
        {.arguments = arguments, .in = in, .out = out, .err = err, .directory = folder_.path(), .watcher = &watcher});
    err_ = err.str();
    std::vector<std::string> lines;
    std::istringstream text(out.str());
    for (std::string line; std::getline(text, line);) {
      if (line.find(" in 1 file") != std::string::npos || line.find("could not be read") != std::string::npos)
        lines.push_back(line);
    }
    return lines;
  }

  tools::ScratchFolder folder_;
  Exit code_ = Exit::ok;
  std::string err_;
};

constexpr std::string_view kAccepted = "no findings in 1 file: GitLab accepts it";
constexpr std::string_view kRefused = "1 error in 1 file: GitLab refuses it";

TEST_F(Watch, SeesWritesRenamesAndDeletions) {
  write(".gitlab-ci.yml", kWatchedClean);
  const fs::path file = folder_.path() / ".gitlab-ci.yml";
  const auto lines = verdicts({[&] { write(".gitlab-ci.yml", kWatchedWrong); },
                               [&] {
                                 write("draft", kWatchedClean);
                                 fs::rename(folder_.path() / "draft", file);
                               },
                               [&] { fs::remove(file); }, [&] { write(".gitlab-ci.yml", kWatchedWrong); }});
  ASSERT_EQ(lines.size(), 5u) << testing::PrintToString(lines);
  EXPECT_EQ(lines[0], kAccepted);
  EXPECT_EQ(lines[1], kRefused);
  EXPECT_EQ(lines[2], kAccepted);
  EXPECT_EQ(lines[4], kRefused);
  EXPECT_NE(err_.find("error: .gitlab-ci.yml: no such file\n"), std::string::npos) << err_;
  EXPECT_NE(err_.find("; waiting for changes, Ctrl-C ends\n"), std::string::npos) << err_;
  EXPECT_EQ(code_, Exit::findings);
}

TEST_F(Watch, SeesIncludedFilesAndThoseThatAppear) {
  write(".gitlab-ci.yml", "include: [{local: ci/a.yml}, {local: 'more/**/*.yml'}]\n");
  write("more/deep/x.yml", ".x: {script: make}\n");
  const auto lines = verdicts({[&] { write("ci/a.yml", kWatchedClean); },         // a folder that was not there
                               [&] { write("ci/a.yml", kWatchedWrong); },         //
                               [&] { write("ci/a.yml", kWatchedClean); },         //
                               [&] { write("more/deep/y.yml", kWatchedWrong); },  // matches the wildcard
                               [&] { write("more/new/z.yml", "job: 1\n"); }});
  ASSERT_EQ(lines.size(), 6u) << testing::PrintToString(lines);
  EXPECT_EQ(lines[0], kRefused);
  EXPECT_EQ(lines[1], kAccepted);
  EXPECT_EQ(lines[2], kRefused);
  EXPECT_EQ(lines[3], kAccepted);
  EXPECT_EQ(lines[4], kRefused);
}

TEST_F(Watch, SeesItsSettings) {
  write(".git/HEAD", "");
  write(".gitlab-ci.yml", kWatchedClean);
  const auto lines =
      verdicts({[&] { write(".willrun.yml", "colour: red\n"); }, [&] { write(".willrun.yml", "lint:\n"); }});
  EXPECT_EQ(lines.size(), 2u) << testing::PrintToString(lines);
  EXPECT_NE(err_.find("`colour` is not known in the settings"), std::string::npos) << err_;
  EXPECT_EQ(code_, Exit::ok);
}

TEST_F(Watch, IsNotWokenByOtherFiles) {
  write(".gitlab-ci.yml", kWatchedClean);
  tools::Watched watched;
  watched.files = {folder_.path() / ".gitlab-ci.yml"};
  const auto watcher = tools::make_file_watcher();
  watcher->watch(watched, fs::file_time_type::clock::now() + std::chrono::hours(1));
  write("other.yml", kWatchedClean);
  std::raise(SIGTERM);
  EXPECT_FALSE(watcher->wait());
}

TEST_F(Watch, IsNotWokenForEverByATimeToCome) {
  write(".gitlab-ci.yml", kWatchedClean);
  fs::last_write_time(folder_.path() / ".gitlab-ci.yml", fs::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_EQ(verdicts({}).size(), 1u);
}

TEST_F(Watch, SeesWhatChangedBeforeItLooked) {
  write(".gitlab-ci.yml", kWatchedClean);
  tools::Watched watched;
  watched.files = {folder_.path() / ".gitlab-ci.yml"};
  const auto watcher = tools::make_file_watcher();
  watcher->watch(watched, fs::file_time_type::clock::now() - std::chrono::hours(1));
  EXPECT_TRUE(watcher->wait());
}

TEST_F(Watch, BeginsOnAnEmptyScreenOfATerminal) {
  write(".gitlab-ci.yml", kWatchedClean);
  ChangingWatcher watcher({});
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const std::vector<std::string> arguments = {"lint", "--watch", "--colour", "never"};
  run({.arguments = arguments,
       .in = in,
       .out = out,
       .err = err,
       .directory = folder_.path(),
       .terminal = true,
       .watcher = &watcher});
  EXPECT_EQ(out.str(), "\x1b[H\x1b[2J\x1b[3Jno findings in 1 file: GitLab accepts it\n");
}

TEST_F(Watch, RefusesWhatDoesNotChange) {
  EXPECT_EQ(run_in(folder_.path(), {"lint", "--watch", "-"}).err,
            "error: lint: --watch looks at files on disk: not at standard input\nTry `willrun lint --help`.\n");
  EXPECT_EQ(run_in(folder_.path(), {"lint", "--watch", "--rev", "main"}).code, Exit::usage);
}

}  // namespace
}  // namespace willrun::cli
