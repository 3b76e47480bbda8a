// Which triggers share a compiled configuration.
#include "server/programs.hpp"

#include <gtest/gtest.h>

namespace willrun::server {
namespace {

class ProgramsTest : public testing::Test {
 protected:
  // "hit" or "loaded"
  std::string ask(const Trigger& trigger, const std::string& place = "p") {
    if (programs_.find(place, surroundings_, trigger)) return "hit";
    LoadOptions options;
    options.mode = LoadMode::pipeline;
    programs_.add(place, surroundings_, trigger, load(".gitlab-ci.yml", files_, trigger, options), elsewhere_);
    return "loaded";
  }
  static Trigger by_token(std::string payload, std::string mode = "a") {
    Trigger trigger = Trigger::by_token("main", std::move(payload));
    Variable variable;
    variable.key = "MODE";
    variable.value = std::move(mode);
    trigger.variables.push_back(variable);
    return trigger;
  }

  MemoryFiles files_;
  bool elsewhere_ = false;
  std::uint64_t surroundings_ = 0;
  Programs programs_{10, std::chrono::seconds(0)};
};

TEST_F(ProgramsTest, ShareWhatHasNoIncludes) {
  files_.add(".gitlab-ci.yml", "a: {script: x, rules: [{if: $MODE}]}\n");
  EXPECT_EQ(ask(by_token("1")), "loaded");
  EXPECT_EQ(ask(by_token("2", "b")), "hit");
  EXPECT_EQ(ask(by_token("2", "b"), "other commit"), "loaded");
  EXPECT_EQ(programs_.counts().misses, 2U);
}

TEST_F(ProgramsTest, TellVariablesApartThatIncludesMayRead) {
  files_.add(".gitlab-ci.yml", "include: [{local: b.yml, rules: [{if: $MODE == \"b\"}]}]\na: {script: x}\n");
  files_.add("b.yml", "b: {script: x}\n");
  EXPECT_EQ(ask(by_token("1", "a")), "loaded");
  EXPECT_EQ(ask(by_token("2", "a")), "hit");  // the payload is not named anywhere
  EXPECT_EQ(ask(by_token("2", "b")), "loaded");
  EXPECT_EQ(programs_.find("p", 0, by_token("3", "b"))->program.has_value(), true);
  EXPECT_EQ(decide(*programs_.find("p", 0, by_token("3", "b"))->program, by_token("3", "b")).jobs.size(), 2U);
  EXPECT_EQ(decide(*programs_.find("p", 0, by_token("3", "a"))->program, by_token("3", "a")).jobs.size(), 1U);
}

TEST_F(ProgramsTest, TellPayloadsApartWhereTheyAreNamed) {
  files_.add(".gitlab-ci.yml", "include: [{local: b.yml, rules: [{if: $TRIGGER_PAYLOAD =~ /b/}]}]\na: {script: x}\n");
  files_.add("b.yml", "b: {script: x}\n");
  EXPECT_EQ(ask(by_token("a")), "loaded");
  EXPECT_EQ(ask(by_token("b")), "loaded");
  EXPECT_EQ(ask(by_token("b")), "hit");
}

TEST_F(ProgramsTest, ForgetWhatCameFromElsewhere) {
  files_.add(".gitlab-ci.yml", "include: b.yml\na: {script: x}\n");
  files_.add("b.yml", "b: {script: x}\n");
  elsewhere_ = true;
  EXPECT_EQ(ask(by_token("a")), "loaded");
  EXPECT_EQ(ask(by_token("a")), "loaded");
}

TEST_F(ProgramsTest, KeepSoMany) {
  files_.add(".gitlab-ci.yml", "a: {script: x}\n");
  for (int i = 0; i < 20; ++i) ask(by_token("a"), std::to_string(i));
  EXPECT_EQ(programs_.counts().kept, 10U);
  EXPECT_EQ(ask(by_token("a"), "19"), "hit");
  EXPECT_EQ(ask(by_token("a"), "0"), "loaded");
}

}  // namespace
}  // namespace willrun::server
