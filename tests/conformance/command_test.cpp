#include "conformance/command.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

namespace willrun::conformance {
namespace {

struct Ran {
  int code;
  std::string out;
  std::string err;
};

Ran run_with(const std::string& lines, std::vector<std::string> arguments = {}) {
  const std::string path = testing::TempDir() + "conformance_command_test.jsonl";
  std::ofstream(path) << lines;
  arguments.push_back(path);
  std::ostringstream out;
  std::ostringstream err;
  const int code = run(std::move(arguments), out, err);
  std::remove(path.c_str());
  return {code, out.str(), err.str()};
}

constexpr const char* kGood = R"({"id":"f-1","category":"star","op":"fnmatch","glob":"*","path":"a","expected":true})";
constexpr const char* kBad =
    R"({"id":"f-2","category":"brace","op":"fnmatch","glob":"{a","path":"{a","expected":true})";

TEST(Command, CountsByCategory) {
  const Ran ran = run_with(std::string(kGood) + "\n" + kBad + "\n", {"--failures", "--yaml-reader", "libyaml"});
  EXPECT_EQ(ran.code, kSomeFailed);
  EXPECT_EQ(ran.out,
            "f-2 brace -\n"
            "  expected true\n"
            "  got      false\n"
            "conformance_command_test.jsonl                1/2\n"
            "  star                                        1/1\n"
            "  brace                                       0/1\n"
            "1 passed, 1 failed\n");
}

TEST(Command, ExitCodes) {
  EXPECT_EQ(run_with(kGood).code, kAllPassed);
  EXPECT_EQ(run_with("").code, kCannotRead);
  EXPECT_EQ(run_with("{").code, kCannotRead);
  EXPECT_EQ(run_with(R"({"id":"x"})").code, kCannotRead);
  EXPECT_EQ(run_with(kGood, {"--yaml-reader", "none"}).code, kUsage);
  std::ostringstream out;
  EXPECT_EQ(run({}, out, out), kUsage);
  EXPECT_EQ(run({"--help"}, out, out), kAllPassed);
  EXPECT_EQ(run({"/nonexistent/cases.jsonl"}, out, out), kCannotRead);
}

TEST(Command, UnknownKindsFail) {
  const Ran ran = run_with(R"({"id":"n-1","category":"c","mode":"new"})", {"--failures"});
  EXPECT_EQ(ran.code, kSomeFailed);
  EXPECT_EQ(ran.out.substr(0, 62), "n-1 c -\n  expected a known kind of case\n  got      new\nconform");
}

}  // namespace
}  // namespace willrun::conformance
