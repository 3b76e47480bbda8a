// Lines of a log reach their stream, whole and in order, whoever writes them.
#include "server/log_writer.hpp"

#include <gtest/gtest.h>

#include <future>
#include <optional>
#include <sstream>
#include <streambuf>
#include <vector>

namespace willrun::server {
namespace {

TEST(LogWriter, WritesAllBeforeItEnds) {
  std::ostringstream out;
  {
    LogWriter log(out);
    log.write("one");
    log.write("");
    log.write("two");
  }
  EXPECT_EQ(out.str(), "one\n\ntwo\n");
}

TEST(LogWriter, KeepsLinesOfManyThreadsWhole) {
  constexpr int kThreads = 4;
  constexpr int kLines = 2'000;
  std::ostringstream out;
  {
    LogWriter log(out, 1'000);
    std::vector<std::thread> threads;
    for (int number = 0; number < kThreads; ++number) {
      threads.emplace_back([&log, number] {
        for (int line = 0; line < kLines; ++line) log.write(std::to_string(number) + " " + std::to_string(line));
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  std::vector<int> next(kThreads);
  std::istringstream lines(out.str());
  for (int number = 0, line = 0; lines >> number >> line;) EXPECT_EQ(line, next.at(static_cast<std::size_t>(number))++);
  EXPECT_EQ(next, std::vector<int>(kThreads, kLines));
}

// A stream that takes nothing until it is let go.
class StuckBuffer : public std::stringbuf {
 public:
  void let_go() { gate_.set_value(); }

 private:
  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    open_.wait();
    return std::stringbuf::xsputn(bytes, count);
  }
  std::promise<void> gate_;
  std::shared_future<void> open_ = gate_.get_future().share();
};

TEST(LogWriter, HoldsWritersUpOnlyWhenMuchWaits) {
  StuckBuffer buffer;
  std::ostream out(&buffer);
  std::optional<LogWriter> log(std::in_place, out, 100);
  const std::string line(99, 'x');
  std::future<void> written = std::async(std::launch::async, [&] {
    for (int i = 0; i < 10; ++i) log->write(line);
  });
  EXPECT_EQ(written.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout) << "memory has a bound";
  buffer.let_go();
  written.get();
  log.reset();
  EXPECT_EQ(buffer.str().size(), 1'000U);
}

TEST(LogWriter, DoesNotMakeCallersWaitForItsStream) {
  StuckBuffer buffer;
  std::ostream out(&buffer);
  LogWriter log(out);
  for (int i = 0; i < 1'000; ++i) log.write("line");
  buffer.let_go();
}

}  // namespace
}  // namespace willrun::server
